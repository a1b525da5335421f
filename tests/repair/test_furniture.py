"""Page furniture: each rule with a line it catches and a sentence with the same words that it leaves alone."""

import pytest

from ragpark.repair.furniture import is_control, is_footer, is_link, is_navigation, is_related, is_trail


@pytest.mark.parametrize(
    "line",
    [
        "首页",
        "首页 > 政务公开 > 统计数据",
        "> 科技资讯 > 市县创新",
        "您的位置：首页 >> 新闻中心 >> 正文",
        "当前位置：首页-科技-正文",
        "您现在的位置是：首页",
        "您的位置：",
        "当前位置：正文",
        "选择地区:>>   当前位置：首页 > 统计公报 > 青禾",
        "【字体：大 中 小】",
        "字号：[ 大 中 小 ]",
        "分享到：",
        "分享到：微信 微博 QQ空间",
        "打印本页 关闭窗口",
        "打印 | 关闭窗口",
        "加入收藏 取消收藏 打印 关闭",
        "上一篇：园区召开科技大会",
        "下一篇 园区发布新政策",
        "返回摘编目录｜返回首页",
        "扫一扫在手机打开当前页",
        "无障碍浏览 长者模式 登录 注册",
        "[返回首页](//a.example/)｜[新闻](//b.example/)",
        "您的位置：首頁 > 新聞中心",
        "上一篇：園區召開科技大會",
        "选择区域:>>",
        "共 11880字,需浏览 24分钟",
        "[返回财经新闻](//a.example/)",
    ],
)
def test_navigation(line: str) -> None:
    assert is_navigation(line)


@pytest.mark.parametrize(
    "line",
    [
        "企业可加入收藏夹的政策",
        "市民打开首页即可办理，无需登录。",
        "阅读推广活动蓬勃开展",
        "点击率提升30%",
        "分享经济发展报告",
        "市民扫码即可下载电子证照。",
        "打印机产业集群",
        "您的位置信息将被用于导航，请授权。",
        "所在位置：苏州工业园区星湖街",
        "上一篇文章介绍了园区的由来。",
        "返回苏州创业的留学生超过千人",
        "[2023年统计公报](http://a.example/1.pdf)",
        "中",
    ],
)
def test_what_only_holds_such_words_stays(line: str) -> None:
    assert not is_navigation(line)


@pytest.mark.parametrize(
    "line",
    [
        "主办：某市人民政府办公室 承办：某市大数据局 京ICP备12345678号",
        "政府网站标识码3205000001",
        "網站標識碼：3205000001",
        "苏公网安备 32059002001234号",
        "版权所有：某管委会 未经许可不得转载",
        "Copyright © 2024 某公司",
    ],
)
def test_footers(line: str) -> None:
    assert is_footer(line)


@pytest.mark.parametrize("line", ["企业应当办理ICP备案手续。", "保护版权所有者的利益。", "主办单位：市科技局"])
def test_what_is_no_footer(line: str) -> None:
    assert not is_footer(line)


@pytest.mark.parametrize("line", ["相关阅读", "【延伸阅读】", "相关链接：", "相關新聞", "相关附件>>"])
def test_related(line: str) -> None:
    assert is_related(line)


def test_links_are_titles_and_text_is_sentences() -> None:
    assert is_link("园区发布政策  2024-01-02")
    assert not is_link("科技招商是指引进创新要素。")


def test_buttons() -> None:
    assert is_control("全屏")
    assert is_control("【打印本页】")
    assert not is_control("园区全屏")


def test_a_trail_ends_in_the_title_under_it() -> None:
    assert is_trail("首页 行业动态 青禾展会 闭幕", "青禾展会 闭幕")
    assert not is_trail("首页 行业动态", "青禾展会闭幕")
    assert not is_trail("青禾 展会闭幕", "展会闭幕")
