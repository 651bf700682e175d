"""Words that take a name or follow a number, as expressions over folded text and as bytes for triggers.

A word that begins another word (市 of 市场, 路 of 路径) says so in what may not follow it.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.folding import unfolded

if TYPE_CHECKING:
    from collections.abc import Iterable

CROSSES = "xXｘＸ×╳хХ✕✖⨯☓〤χΧ"
"""Letters and signs written for a masked character: the x of three alphabets, and what looks like it."""
CROSS = f"(?:[xX]|{'|'.join(CROSSES[2:])})"
"""One of them as triggers have it."""
FOLDED_CROSSES = "x×╳х✕✖⨯☓〤χ"

HAN = r"[\u3400-\u9fff]"
PLAIN_HAN = (
    r"(?![的了在是和与及对为将从到由把被有等或也都就来去让给向于以并而但之其该这那我你他她们不各会可要年月日])" + HAN
)
"""A Han character that a name may hold; words of grammar end a name."""

ADMINISTRATIVE = (
    r"(?:自治[区州县旗]|地区|新区|开发区|[园府]区|街道|社区|小区|大道|大街|胡同|丁目"
    r"|省(?![略电钱力得去心事油])|市(?![场值价面盈净售占])|[县縣県]|区(?![别间域分块隔])|镇(?![静压定痛])|乡(?![愁音土])|村"
    r"|屯|旗(?![下帜舰袍])|州|盟(?![友军])|街(?![头上边])|路(?![径由线过程标人演透])|巷|町|郡|府(?=[知庁立]))"
)
ORGANISATION = (
    r"(?:学院|大学|中学|小学|完小|幼儿园|学校|公司|集团|银行|[支分]行|信用社|医院|卫生院|派出所|公安局|分局|法院|检察院"
    r"|[大中支总]队(?!伍)|中心|[村居]?委员?会|研究[所院]|协会|商会|学会(?!了)|联合会|党?总?支部|党[委组]|工厂|超市|酒店|宾馆|饭店"
    r"|商场|办事处|管理[处局]|[教卫文财税]\S局|服务站|工作站|敬老院|福利院|图书馆|博物馆|体育馆|出版社|报社|电视台"
    r"|警方|[一二三四五六七八九十]中(?![全心国央学])|附[中小]|高中|事务所|基金会|株式会社|会社)"
)
DIRECT = (
    r"(?:政府|委(?=[、,书会宣组办和])|乡镇|单位|企业|部门|[号]?楼(?![主盘市层])|栋|大厦|花园|广场|工地|部队|项目部|科室|车间|工业园|系(?=[学辅])"
    r"|专业(?![的性化术人知])|厂(?![商家])|[班](?=[学的主]))"
)
TITLE = (
    r"(?:同志|老师|先生|女士|小姐|同学|书记|教授|副?(?:总?经理|董事长|总裁|主任|主席|[局处科队所院校园班组厂站行部司厅市省县区镇乡村会社]长)"
    r"|医生|法官|检察官|警官|律师|记者|委员|院士|师傅|阿姨|大妈|大爷|领导|さん|様|君|氏)"
)
UNIT = (
    r"(?:[万亿美]?元(?![素旦数件器老组年月音])|人次|人(?![民员类们口物工生才事家性])|名(?![称字单为叫下义人言])|个(?![人性体别])"
    r"|起(?![来到源点因初码床名义诉])|件(?![套])|场次|场(?![馆景地所合面])|次(?![数序要元])|份(?![额子])|户(?![外籍型口主])|例(?![如子外会句题])"
    r"|篇(?![章幅])|台(?![湾阶词北南风账])|辆|套(?![餐路装娃])|幅(?![度])|亩|公里|平方公?里?米?|公顷|米|吨|公?斤|分钟|小时|天(?![津然气空猫河下使天堂地赋山水])"
    r"|岁|周年|%|栋|副(?![总校主局处省市县教部组秘站班所院理董会厅科乡镇队])|双(?![方向手重边百数击胞胎语])|盒|箱(?![子包体])|瓶|头(?![部发脑等疼像号条顶])|只(?![有是要能好不为得会在])|所(?![有以在得谓需属长])|座(?![位谈机])|间(?![的隔接])|条(?![件例款文目约])|家(?![庭长里人乡具居电属园])|支(?![行队部持付撑])|项(?![目链])|批|期(?![货刊待望间权限末中])"
    r"|位(?![置于移数图元])|张(?![家先女老同])|册|余)"
)
LONE = (
    r"[省县镇乡村](?![略电治长级里])|市(?![场值价面盈净售占])|区(?![别间域分块隔])|同志|老师|公司|集团|学校|派出所|[小中大]学(?![生习])"
    r"|书记(?![处员])"
)
"""What names stand before so often that one asterisk is enough, where a text has several."""
LONE_WORDS = "省|县|镇|乡|村|市|区|同志|老师|公司|集团|学校|派出所|小学|中学|大学|书记"
"""The same as triggers have it."""

SLOT_WORDS = (
    "自治|地区|新区|开发区|园区|府区|街道|社区|小区|大道|大街|胡同|丁目|省|市|县|県|区|镇|乡|村|屯|旗|州|盟|街|路|巷|町|郡|府知|府庁|府立"
    "|学院|大学|中学|小学|完小|幼儿园|学校|公司|集团|银行|支行|分行|信用社|医院|卫生院|派出所|公安局|分局|法院|检察院|大队|中队|支队|总队|中心"
    "|村委|居委|委员会|委会|研究所|研究院|协会|商会|学会|联合会|总支部|支部|党总支|党支部|党委|党组|工厂|超市|酒店|宾馆|饭店|商场|办事处|管理处|管理局"
    "|教|卫|文|财|税|服务站|工作站|敬老院|福利院|图书馆|博物馆|体育馆|出版社|报社|电视台|警方|一中|二中|三中|四中|五中|六中|七中|八中|九中|十中"
    "|附中|附小|高中|事务所|基金会|株式会社|会社|同志|老师|先生|女士|小姐|同学|书记|教授|副|总经理|经理|董事长|总裁|主任|主席|局长|处长|科长|队长"
    "|所长|院长|校长|园长|班长|组长|厂长|站长|行长|部长|司长|厅长|乡长|村长|会长|社长|医生|法官|检察官|警官|律师|记者|委员|院士|师傅|阿姨|大妈"
    "|大爷|领导|さん|様|君|氏|课|殿"
)
"""The words above as triggers have them; a word may be longer in the grammar, never shorter."""

UNIT_WORDS = (
    "年|月|日|号|届|批|期|学期|季度|次|小学|中学|时|点|万|亿|百|千|余|多|几|元|美元|人|名|个|起|件|场|份|户|例|篇|台|辆|套|幅|亩|公里|平方|公顷"
    "|米|吨|公斤|斤|分钟|小时|天|岁|周年|%|栋|条|家|支|项|位|张|册|副|双|盒|箱|瓶|头|只|所|座|间"
)
STARRED_UNITS = "日|届|批|期|学期|季度|小学|中学|次|万|亿|百|千|余|多|元|人|名|起|件|份|户|例|台|辆|亩|岁|%|个"
"""Units after asterisks: fewer, as emphasis ends before any word."""


def written(words: Iterable[str]) -> str:
    """An alternation for a trigger: each word in every script, width and case that folds to it."""
    variants = unfolded()
    return "(?:" + "|".join("".join(_either(variants.get(sign, sign)) for sign in word) for word in words) + ")"


def spellings(words: Iterable[str]) -> list[str]:
    """The words in every script, width and case that fold to them, one by one: literals are scanned fastest."""
    variants = unfolded()
    return ["".join(form) for word in words for form in product(*(variants.get(sign, sign) for sign in word))]


def _either(signs: str) -> str:
    escaped = [re.escape(sign) for sign in signs]
    return escaped[0] if len(escaped) == 1 else "(?:" + "|".join(escaped) + ")"
