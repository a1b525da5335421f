"""The common Chinese surnames of one character: a name in a by-line or after an office begins with one."""

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
    "汤康易乔赖文庞樊兰殷施洪翟安倪季俞章鲁葛毕齐牟瞿柳祝凌霍辛管耿左阮骆柴欧童屈蓝项盛华滕尚纪费卫伍冀甘"
    "裴苗翁娄路岳温成柯邢涂梅游申靳焦宁关束卞邬虞计戚卜古麦丛芦巫"
)
