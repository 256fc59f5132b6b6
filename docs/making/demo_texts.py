"""The words of the demo's documents. All is invented: the country, the firm, the people."""

TENDER = (
    (
        "第一条　总则",
        (
            "1.1",
            "本招标文件的中文本与英文本具有同等效力。英文本为节选，其条款编号与中文本不尽相同。",
        ),
        ("1.2", "招标人为艾维拉内政部，项目名称为静街工程，实施地点为塞尔姆港区。"),
        ("1.3", "招标人拟在塞尔姆港区采购并运行摄像机及其配套软件。"),
        (
            "1.4",
            "投标人应当在2031年2月20日中午十二时之前递交投标文件。逾期递交的，招标人不予受理。",
        ),
    ),
    (
        "第二条　投标人资格",
        ("2.1", "投标人应当在最近五年内完成过至少两个摄像机数量不少于五百台的项目。"),
        ("2.2", "投标人应当具有独立承担民事责任的能力。本项目不接受联合体投标。"),
        ("2.3", "投标人不得将主要工程分包给第三方。"),
    ),
    (
        "第三条　工程范围",
        ("3.1", "中标人应当交付1,150台摄像机以及能够识别人脸的软件。"),
        ("3.2", "摄像机应当覆盖本区四十一处礼拜场所的每一个出入口。"),
        ("3.3", "中标人应当对控制室的操作人员进行为期六周的培训。"),
        ("3.4", "中标人应当在五年之内及时更新关注人员名单。"),
        ("3.5", "摄像机的安装位置以附件二为准。未经招标人书面同意，任何一方不得变更。"),
    ),
    (
        "第四条　软件要求",
        ("4.1", "系统应当在三十秒之内将名单上的人员出现的地点和时间告知控制室。"),
        ("4.2", "系统应当保存全部影像不少于一百八十日。"),
        ("4.3", "系统应当允许操作人员自行将人员加入名单，并记录加入的时间。"),
    ),
    (
        "第五条　现场踏勘",
        ("5.1", "招标人将于2031年1月13日至2月7日组织现场踏勘，每个投标人不得少于两次。"),
        (
            "5.2",
            "投标人应当在递交投标文件之前派员到现场踏勘，逐一核对附件二所列的每一台摄像机的"
            "安装位置，并在点位表上签字。",
        ),
        ("5.3", "没有在点位表上签字的投标人，其投标文件无效。"),
        ("5.4", "踏勘期间所见所闻，投标人不得向任何第三方透露。"),
    ),
    (
        "第六条　价格与付款",
        ("6.1", "投标报价应当包括设备、软件、安装、培训以及五年的维护费用。"),
        ("6.2", "合同签订后十日之内，招标人支付合同价款的百分之三十。"),
        ("6.3", "全部摄像机投入运行之后，招标人支付其余价款。"),
    ),
    (
        "第七条　评标与授标",
        ("7.1", "评标结果将于2031年3月公布。"),
        ("7.2", "技术部分占百分之六十，价格部分占百分之四十。"),
        ("7.3", "招标人没有义务说明未中标的理由。"),
    ),
    (
        "第八条　保密",
        ("8.1", "招标文件及其附件不得复制，也不得交给与投标无关的人员。"),
        ("8.2", "投标人应当在授标之后十日之内退还附件二。"),
    ),
    (
        "附件二　点位表（节选）",
        ("A-001", "塞尔姆港区灯塔路礼拜堂，正门，高四米，朝向街道。"),
        ("A-002", "塞尔姆港区灯塔路礼拜堂，侧门，高三米，朝向院内。"),
        ("A-003", "塞尔姆港区盐市礼拜堂，正门，高四米，朝向广场。"),
        ("A-004", "塞尔姆港区盐市礼拜堂，后门，高三米，朝向水渠。"),
    ),
)
TITLE = ("艾维拉内政部", "招标文件　第14/2031号", "静街工程（塞尔姆港区）", "2031年1月6日")
REQUEST = """\
From: Jo Tannen <tannen@ledger.example>
To: Press Office <press@quillmar.example>
Subject: Re: Your questions about Calm Streets
Date: Tue, 17 Jun 2031 08:40:11 +0000
Message-ID: <q8.2031@ledger.example>
In-Reply-To: <20310616.4471@quillmar.example>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

Dear Press Office,

thank you for your answer. Clause 5.2 of the tender in Chinese says that every bidder visits
each position of a camera and signs the table of positions. Did somebody sign it for Quillmar
Optics, and when?

I would be grateful for an answer by Friday, 20 June.

Kind regards
Jo Tannen, The Selmport Ledger
"""
REPLY = """\
From: Press Office <press@quillmar.example>
To: Jo Tannen <tannen@ledger.example>
Subject: Re: Your questions about Calm Streets
Date: Thu, 19 Jun 2031 15:03:27 +0000
Message-ID: <20310619.4502@quillmar.example>
In-Reply-To: <q8.2031@ledger.example>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

Dear Ms Tannen,

our engineers signed the table of positions on 5 February 2031, as every bidder had to.
That is a formality. It tells us nothing of what our customer does with the pictures.

Kind regards
Press Office, Quillmar Optics

> Did somebody sign it for Quillmar
> Optics, and when?
"""
DRAFT = (
    ("Heading1", "Contract 14/2031: Calm Streets, draft of 6 March 2031", "", ""),
    ("", "Between the Ministry of the Interior of Averra and Quillmar Optics.", "", ""),
    ("Heading2", "4 Positions", "", ""),
    (
        "",
        "4.1 The contractor mounts the cameras at the positions in Annex 2, which its own "
        "engineers checked on site.",
        "",
        "",
    ),
    ("", "4.2 Positions are changed with the written consent of the Ministry only.", "", ""),
    ("Heading2", "9 Export", "", ""),
    (
        "",
        "9.1 ",
        "The contractor asks for an export licence before it delivers.",
        "The goods are ordinary goods, for which the contractor needs no licence.",
    ),
    ("", "9.2 The Ministry confirms the use of the goods in writing when asked.", "", ""),
)
"""Style, text that stands, then text that was deleted and inserted by tracked changes."""
SITE = (
    (
        "https://www.quillmar.example/news/calm-streets",
        "Calm Streets: nine days on foot",
        "<p class=date>11 March 2031</p>\n"
        "<p>Before we made our offer, our survey team spent nine days in Selmport. It measured "
        "the position of every one of the 1,150&nbsp;cameras, door by door.</p>\n"
        "<p>&ldquo;Nobody knows the district better than we do&rdquo;, says the team&rsquo;s "
        "leader.</p>",
    ),
    (
        "https://www.quillmar.example/jobs/field-trainer",
        "Field trainer (Selmport)",
        "<p>You train the operators of a control room for six weeks, from 5 May 2031 on.</p>\n"
        "<p>You show them how a list of persons of interest is kept up to date.</p>",
    ),
)
