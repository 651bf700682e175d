"""A list of words is no menu, though words of menus are among its words; a page of menus is none."""

from __future__ import annotations

import pytest

from corpus_lint import packs
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint_rules.boi._word_list import is_word_list

KEYWORDS = """
ABORT ACCESS ADD AFTER ALL ALTER ANALYZE AND ANY ARRAY AS ASC AT AUTO AVG BACK BACKUP BASE BEFORE BEGIN BETWEEN BLOCK
BOTH BY CACHE CALL CASCADE CASE CAST CHAIN CHAR CHECK CLASS CLOSE CLUSTER COALESCE COLLATE COLUMN COMMENT COMMIT CONNECT
CONSTRAINT CONTINUE CONVERT COPY COUNT CREATE CROSS CUBE CURRENT CURSOR CYCLE DATABASE DATE DAY DEALLOCATE DECIMAL
DECLARE DEFAULT DELETE DESC DISTINCT DOMAIN DROP EACH ELSE END ESCAPE EXCEPT EXISTS SEARCH SHARE
"""
WORDS = """
桌子 椅子 河流 桥梁 首页 石头 月亮 太阳 春天 秋天 搜索 老师 学生 农民 工人 医生 护士 司机 面包 牛奶 白菜 萝卜
黄瓜 苹果 香蕉 葡萄 西瓜 钥匙 窗户 房间 院子 厨房 衣服 裤子 帽子 手套 鞋子 袜子 火车 飞机 轮船 汽油 煤炭 钢铁
棉花 丝绸 羊毛 皮革 玻璃 陶瓷 纸张 墨水 毛笔 字典 登录 故事 诗歌 音符 乐器 钢琴 小提琴 长笛 鼓声 舞蹈 戏剧
"""
MENU = "首页\n新闻\n财经\n体育\n科技\n汽车\n房产\n教育\n登录\n注册\n搜索\n关于我们\n联系我们\n网站地图\n"


def findings(text: str) -> list[str]:
    engine = Engine(packs.make(packs.load(["corpus_lint_rules"]), ["BOI001", "BOI002"], [], {}))
    return [result.finding.message for result in engine.check([Document(text)])]


@pytest.mark.parametrize("words", [KEYWORDS, WORDS])
@pytest.mark.parametrize("form", ["{}", "{}\t{n}", "{} {n} n"])
def test_lists_of_words_are_left_alone(words: str, form: str) -> None:
    text = "\n".join(form.format(word, n=700 - number) for number, word in enumerate(words.split()))
    assert is_word_list(Document(text))
    assert findings(text) == []


def test_a_page_of_menus_is_no_list_of_words() -> None:
    text = (MENU + "首页\n新闻\n登录\n") * 4
    assert not is_word_list(Document(text))
    assert findings(text)


def test_a_menu_in_front_of_a_text_is_told_however_long_it_is() -> None:
    text = MENU + "\n".join(WORDS.split()) + "\n昨天夜里下了一场大雨，今天早上河水涨了，桥上站满了人。"
    assert findings(text)
