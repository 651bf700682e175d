"""Texts that are no site's, between a menu and a footer: nothing of them is furniture for certain."""

from __future__ import annotations

import pytest

from corpus_lint import packs
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.finding import Applicability, Confidence

MENUS = {
    "zh": "某某网\n首页\n新闻\n财经\n体育\n登录\n注册\n搜索\n关于我们",
    "hant": "某某網\n首頁\n新聞\n財經\n運動\n登入\n註冊\n搜尋\n關於我們",
    "en": "Some Site\nHome\nNews\nSports\nAbout us\nSign in\nSearch\nSubscribe",
    "ja": "サイト\nホーム\nニュース\nログイン\n新規登録\n検索\nお問い合わせ\nヘルプ",
    "ru": "Сайт\nГлавная\nНовости\nВойти\nРегистрация\nПоиск\nКонтакты\nО нас",
}

FOOTERS = {
    "zh": "返回顶部\n关于我们\n联系我们\n网站地图\n友情链接\n隐私政策\n版权所有 © 2019 某某网",
    "hant": "回頂部\n關於我們\n聯絡我們\n網站地圖\n隱私權政策\n版權所有 © 2019 某某網",
    "en": "Back to top\nAbout us\nContact us\nPrivacy policy\nTerms of use\nCopyright © 2019 Some Site",
    "ja": "ページトップへ\n会社概要\n利用規約\nプライバシーポリシー\nお問い合わせ\nCopyright © 2019 サイト",
    "ru": "Наверх\nО компании\nКонтакты\nКарта сайта\nПолитика конфиденциальности\n© 2019 Сайт",
}

TEXTS = {
    "zh_tender": """\
某市第一中学教学楼维修工程招标公告
一、项目概况
本项目为某市第一中学教学楼维修工程，建设资金来自财政拨款，现对该项目进行公开招标。
二、投标人资格
投标人须具有独立法人资格，并具有建筑工程施工总承包三级以上资质。
三、投标截止时间
2019年5月6日上午9时30分，逾期送达的投标文件不予受理。
四、联系方式
招标人：某市第一中学
地址：某市人民路12号
联系人：王先生
电话：0571-88888888
传真：0571-88888889
邮箱：wang@example.cn
招标代理机构：某某工程咨询有限公司
地址：某市解放路3号
联系人：李女士
电话：0571-77777777
2019年4月12日
""",
    "zh_contract": """\
房屋租赁合同
出租方（甲方）：张三
身份证号：330102198001011234
联系电话：13800000000
承租方（乙方）：李四
身份证号：330102198501011234
联系电话：13900000000
根据《中华人民共和国合同法》及相关法律法规的规定，甲、乙双方在平等、自愿的基础上，就房屋租赁事宜达成协议如下。
第一条 房屋基本情况
甲方房屋坐落于某市某区人民路12号，建筑面积80平方米。
第二条 租赁期限
租赁期自2019年5月1日起至2020年4月30日止。
第三条 租金
每月租金三千元，乙方于每月五日前支付。
甲方（签字）：
乙方（签字）：
联系电话：
地址：
日期：2019年4月30日
""",
    "zh_letter": """\
给儿子的一封信
亲爱的孩子：
你好，
见字如面。
你离家已经三个月了，妈妈每天晚上都要到你的房间里坐一坐，看看你小时候的照片，心里就踏实了。
家里一切都好。
勿念。
天冷了，多穿衣服。
爱你的妈妈
2018年11月3日
地址：某市人民路12号
邮编：310000
""",
    "zh_recipe": """\
红烧肉的做法
食材
五花肉 500克
冰糖 30克
生抽 2勺
老抽 1勺
料酒
葱
姜
八角
做法
五花肉切块，冷水下锅焯水，捞出洗净备用，锅里不要留水。
冰糖炒出糖色
放入五花肉翻炒
加生抽老抽
加开水没过肉
小火炖一小时
大火收汁
出锅
小贴士
糖色不要炒过头
一定要加开水
""",
    "zh_review": """\
《霸王别姬》影评
导演：陈凯歌
编剧：芦苇
主演：张国荣
类型：剧情
上映日期：1993年
片长：171分钟
评分：9.6
这部电影我看了不下十遍，每一次看都有新的感受，程蝶衣的一生是戏，也是命，他分不清，我们也分不清。
""",
    "zh_notice": """\
关于举办2019年春季运动会的通知
各学院、各部门：
为增强师生体质，经研究决定，我校定于5月举办春季运动会，现将有关事项通知如下。
时间：2019年5月10日
地点：东区体育场
报名方式：各学院统一报名
报名截止时间：4月30日
联系人：陈老师
联系电话：88888888
附件：1. 竞赛规程
附件：2. 报名表
某某大学体育部
2019年4月15日
""",
    "hant_poem": """\
錯誤
鄭愁予
我打江南走過
那等在季節裡的容顏如蓮花的開落
東風不來，三月的柳絮不飛
你底心如小小的寂寞的城
恰若青石的街道向晚
跫音不響，三月的春帷不揭
你底心是小小的窗扉緊掩
我達達的馬蹄是美麗的錯誤
我不是歸人，是個過客……
""",
    "en_contract": """\
Rental Agreement
Landlord: John Smith
Tenant: Mary Jones
Address: 12 Main Street
Phone: 555-123-4567
Email: mary@example.com
The landlord agrees to let and the tenant agrees to take the premises for twelve months at the rent set out below.
Rent: 900 per month
Deposit: 900
Signature: ____
Date: ____
""",
    "en_letter": """\
A letter home
Dear Mother,
I arrived on Tuesday.
The room is small.
The window looks on a yard, the yard on a wall, and behind the wall there is a garden; I smell it in the mornings.
Please send socks.
Tell Anna I miss her
Contact me at the old address
Your loving son
Peter
12 March 1943
Phone: none yet
""",
    "en_recipe": """\
Lemon Cake
Prep time: 20 minutes
Cook time: 40 minutes
Serves 8
Ingredients
2 cups flour
1 cup sugar
3 eggs
Zest of two lemons
Method
Heat the oven to 180 degrees and butter a round tin, then dust it with flour and knock out what does not stick.
Mix sugar and butter
Add the eggs
Fold in flour
Bake until golden
Cool on a rack
Notes
Add to taste
Store in a tin
""",
    "en_toc": """\
The House by the Sea
Contents
Preface
The Arrival
The Search
The Garden
Home
More About Anna
The End
Preface
This book was written in the winter of 1911, when the author waited for the boat which never came.
""",
    "ja_invite": """\
春の音楽会のご案内
拝啓
春暖の候、皆様におかれましてはますますご清栄のこととお慶び申し上げます。
このたび下記の通り音楽会を開催いたしますので、ご来場くださいますようご案内申し上げます。
敬具
記
日時：2019年4月20日 19時
会場：市民ホール
入場料：無料
電話：03-1234-5678
住所：東京都千代田区1-1
担当：山田
以上
""",
    "ja_recipe": """\
肉じゃが
材料
じゃがいも 3個
玉ねぎ 1個
牛肉 200g
醤油 大さじ3
作り方
じゃがいもは皮をむいて一口大に切り、水にさらしてから水気をよく切っておきます。
鍋に油を熱する
牛肉を炒める
野菜を加える
水を入れて煮る
火を止めて冷ます
ポイント
よく混ぜてください
お好みで選んでください
""",
    "ru_contract": """\
Договор аренды
Арендодатель: Иванов
Арендатор: Петров
Адрес: Москва, улица Мира, 3
Телефон: 8 495 123-45-67
E-mail: petrov@example.ru
Арендодатель передаёт, а арендатор принимает во временное пользование жилое помещение сроком на двенадцать месяцев.
Стоимость: 30000 рублей
Подпись: ____
Дата: ____
Фамилия: ____
Спасибо
""",
    "ru_letter": """\
Письмо домой
Здравствуй, мама!
Я доехал хорошо.
Комната маленькая.
За окном двор, за двором стена, а за стеной, наверное, сад, потому что по утрам пахнет яблоками и мокрой землёй.
Пришли носки
Спасибо за всё
Твой сын
Пётр
Адрес: Москва, улица Ленина
Телефон: нет
12 марта 1943 года
""",
    "en_event": """\
Spring concert
The town choir sings songs by Schubert and Brahms in the church on Sunday, and everybody who likes to listen is welcome.
When: Sunday, 5 May 2019, 7 pm
Where: St Mary Church
Tickets: 5
Contact: Anna Miller
Phone: 555-123-4567
Doors open at 6:30
No late seating
""",
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(packs.make(packs.load(), ["BOI"]))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_below_a_menu_is_left(engine: Engine, name: str) -> None:
    language = name.split("_")[0]
    head, text = f"{MENUS[language]}\n", TEXTS[name]
    document = Document(f"{head}{text}\n{FOOTERS[language]}\n")
    sure = [x for x in engine.check([document]) if (x.finding.confidence or x.rule.confidence) is Confidence.HIGH]
    assert any(x.finding.start < len(head) for x in sure)
    assert any(x.finding.start >= len(head) + len(text) for x in sure)
    harmed = [document.text[x.finding.start : x.finding.end] for x in sure]
    inside = (len(head), len(head) + len(text))
    assert not [
        t for x, t in zip(sure, harmed, strict=True) if x.finding.start < inside[1] and x.finding.end > inside[0]
    ]


@pytest.mark.parametrize("line", ["1" * 56 + "x", "1 " * 28 + "x", "3 days " * 8 + "x", "2019-01-" * 7 + "x", "a" * 56])
def test_the_form_of_a_line_is_soon_known(line: str) -> None:
    """An expression that tries every way to part 30 digits takes minutes, and one of 50 has no end."""
    from time import process_time

    from corpus_lint_rules.boi import _forms as forms

    start = process_time()
    forms.form_of(line)
    forms.is_particular(line)
    assert process_time() - start < 2


@pytest.mark.parametrize(
    "line",
    [
        "The photograph ©2008 by John Smith shows the river as it was before the flood, and the village beyond it.",
        "L’image, © 2008 Jean Dupont, montre la rivière avant la crue.",
    ],
)
def test_a_sentence_with_a_copyright_sign_is_not_deleted_unseen(line: str) -> None:
    text = f"Before the flood the valley was green.\n{line}\nNobody lives there any more.\n"
    results = Engine(packs.make(packs.load(), ["BOI"])).check([Document(text)])
    fixes = [result.finding.fix for result in results if result.finding.fix]
    assert all(fix.applicability is Applicability.UNSAFE for fix in fixes)


def test_what_an_author_says_to_see_is_no_title_of_a_site() -> None:
    text = "Un paragraf despre comenzi și fișiere.\nVezi și: regex.\nUrmătorul paragraf.\n"
    assert not Engine(packs.make(packs.load(), ["BOI001"])).check([Document(text)])
