"""Foreign names in Chinese characters, whose parts are joined by a middle dot: 弗拉基米尔·利文."""

from __future__ import annotations

SOUNDS = (
    "阿埃艾爱安昂奥巴柏班邦保鲍贝本比彼宾波伯勃博卜布查达戴丹当道德邓迪蒂丁东杜多厄恩尔法凡菲费芬弗福盖冈高戈格古圭哈海汉赫亨华霍基吉"
    "加贾简杰金卡凯坎康考科克肯孔库拉莱赖兰朗劳勒雷蕾里理利莉连列林琳龙娄卢鲁路露伦罗洛吕马玛麦迈曼毛梅门蒙米密明莫默姆穆内纳娜南"
    "尼涅宁纽努诺欧帕派潘庞佩彭皮珀平蒲普奇齐恰乔切钦琼丘让热日荣瑞若萨塞赛桑瑟森沙莎山尚舍申圣施什史舒丝斯松苏索塔泰坦汤唐特滕"
    "提廷图托瓦万旺威韦维温文沃乌武西希锡夏香肖谢辛欣休许雪逊雅亚扬耶叶伊易因英尤于约赞泽扎詹哲珍芝朱兹卓佐"
    "愛奧貝賓達東鄧爾凱蘇羅馬瑪邁門蒙納娜內歐龐齊喬瓊讓熱薩賽聖絲湯圖萬韋溫烏錫謝許遜亞揚約贊澤紮蘭蕾萊賴勞裡盧魯倫呂麥費蓋漢華賈"
    "簡傑庫連寧諾龍婁爾無"
)
"""Characters that write foreign names, in simplified and traditional form (after the tables that Xinhua publishes)."""


NAME_POINT = rf"\.(?<=[{SOUNDS}]{{2}}.)(?=[{SOUNDS}]{{2}})"
"""A full stop of half width inside a transcribed name."""
