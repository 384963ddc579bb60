"""What the scripts say to a person; templates/base.html hands it to them as JSON."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Read by assets/js/words.js under the same keys; {name} is filled in the browser.
BROWSER_WORDS: dict[str, Promise] = {
    "confirm": _("确定"),
    "cancel": _("取消"),
    "close": _("关闭"),
    "no_connection": _("没有连上服务器，请检查网络后再试；已填写的内容还在。"),
    "signed_out": _("登录已过期，没有提交。请另开窗口登录，再回到这里提交一次；选好的内容还在。"),
    "sign_in": _("去登录"),
    "failed": _("这一步没有成功（{status}），请刷新页面再试。"),
    "draft_saved": _("已自动保存 {time}"),
    "draft_restored": _("已恢复 {time} 未提交的内容"),
    "draft_discard": _("不要了，重新填写"),
    "draft_full": _("浏览器空间已满，未能自动保存，请及时提交。"),
    "photo_remove": _("去掉照片 {name}"),
    "chart_keys": _("用方向键逐点查看，按回车打开该点的记录。"),
    "column_up": _("把“{column}”移到前面"),
    "column_down": _("把“{column}”移到后面"),
    "pasted": _("{rows}行、{columns}列，显示前{shown}行"),
    "pasted_all": _("{rows}行、{columns}列"),
    "pasted_too_much": _("粘贴的内容太多，请存为文件后上传。"),
    "kilobytes": _("{size} KB"),
    "suggest_hint": _("输入名称、拼音或首字母"),
    "suggest_none": _("没有找到，换个词试试"),
    "suggest_new": _("填写“{name}”"),
    "suggest_loading": _("正在查找……"),
}
