"""The sentences themselves: code → (Chinese, English). Parameters stand in braces."""

Texts = dict[str, tuple[str, str]]

FILES: Texts = {
    "empty_file": (
        "文件是空的（0字节），请重新上传",
        "the file is empty, please upload it again",
    ),
    "file_too_big": (
        "文件超过{limit}MB，请删除多余内容或拆成几个文件后上传",
        "the file is larger than {limit} MB, please remove what is not needed or split it",
    ),
    "unpacked_too_big": (
        "文件解压后过大（超过{limit}MB），请删除多余内容后重试",
        "the file unpacks to more than {limit} MB, please remove what is not needed",
    ),
    "damaged": (
        "文件已损坏，请在Excel或WPS中打开、另存为xlsx后重新上传",
        "the file is damaged, please open it, save it as xlsx and upload it again",
    ),
    "incomplete": (
        "文件不完整，请重新上传",
        "the file is incomplete, please upload it again",
    ),
    "not_a_sheet": (
        "不是有效的表格文件，请上传xlsx、xls、xlsb、ods、csv或txt文件",
        "this is not a spreadsheet, please upload xlsx, xls, xlsb, ods, csv or txt",
    ),
    "other_kind": (
        "这是{kind}，不是表格，请上传xlsx、xls、xlsb、ods、csv或txt文件",
        "this is {kind}, not a spreadsheet, please upload xlsx, xls, xlsb, ods, csv or txt",
    ),
    "forbidden_content": (
        "文件包含不允许的内容（XML实体定义），请在Excel中另存为新的xlsx后上传",
        "the file holds forbidden content (XML entities), please save it anew as xlsx",
    ),
    "encrypted": (
        "文件有密码，请取消密码后上传",
        "the file has a password, please remove it and upload again",
    ),
    "macros": (
        "文件含宏：宏不会执行，也不保存原件",
        "the file holds macros: they are not run, and the original is not kept",
    ),
    "web_page": (
        "这是网页另存的表格，请用Excel另存为xlsx",
        "this is a saved web page, please save it as xlsx with Excel",
    ),
    "web_table": (
        "这是网页格式的表格，已按表格读取；建议用Excel另存为xlsx",
        "this is a table in web format; it was read, saving it as xlsx is safer",
    ),
    "xml_table": (
        "这是“XML 电子表格 2003”，已按表格读取；建议用Excel另存为xlsx",
        "this is an XML spreadsheet of 2003; it was read, saving it as xlsx is safer",
    ),
    "wrong_extension": (
        "文件名以{extension}结尾，内容实为{kind}，已按内容读取",
        "the name ends in {extension} but the content is {kind}; it was read as such",
    ),
    "encoding": (
        "文字编码：{encoding}",
        "text encoding: {encoding}",
    ),
    "undecodable": (
        "第{row}行含无法识别的字符，请另存为xlsx或UTF-8编码的CSV后上传",
        "row {row} holds characters that cannot be read, please save as xlsx or UTF-8 CSV",
    ),
    "mixed_encodings": (
        "文件混用了两种文字编码（从第{row}行起不同），请另存为xlsx后上传",
        "the file mixes two text encodings (from row {row} on), please save it as xlsx",
    ),
    "not_csv": (
        "内容既不是Excel表格，也不是有效的CSV，请用Excel打开后另存为xlsx再上传",
        "this is neither a spreadsheet nor a valid CSV, please open it with Excel and save as xlsx",
    ),
    "line_too_long": (
        "不是有效的CSV（第{row}行过长，或引号没有成对），请检查后重新上传",
        "this is not a valid CSV (row {row} is too long, or a quote is not closed)",
    ),
    "too_many_rows": (
        "行数超过{limit}，请拆成几个文件后上传",
        "there are more than {limit} rows, please split the file",
    ),
    "too_many_columns": (
        "列数超过{limit}，请检查是否有多余列",
        "there are more than {limit} columns, please check for stray ones",
    ),
    "too_many_cells": (
        "单元格超过{limit}个，请拆成几个文件后上传",
        "there are more than {limit} cells, please split the file",
    ),
    "too_many_sheets": (
        "工作表超过{limit}个，请只保留要导入的工作表",
        "there are more than {limit} sheets, please keep only those to import",
    ),
    "cell_too_long": (
        "{address}的内容超过{limit}个字，请删短后上传",
        "{address} holds more than {limit} characters, please shorten it",
    ),
    "range_out_of_bounds": (
        "表格范围异常（第{row}行有内容），请删除多余内容后重试",
        "the sheet's extent is wrong (row {row} holds something), please remove it",
    ),
    "took_too_long": (
        "文件太复杂，读取超时，请删除多余的格式和工作表后重试",
        "the file is too complex and took too long, please remove formats and sheets",
    ),
    "took_too_much_memory": (
        "文件太大，读取时内存不足，请拆成几个文件后上传",
        "the file needs too much memory, please split it",
    ),
    "unreadable": (
        "文件无法处理，请在Excel或WPS中打开、另存为xlsx后重新上传",
        "the file cannot be processed, please open it, save it as xlsx and upload it again",
    ),
    "nothing_inside": (
        "文件里没有内容，请检查是否选错了文件",
        "there is nothing in the file, please check that it is the right one",
    ),
}

SHEETS: Texts = {
    "hidden_sheet": ("隐藏工作表，默认不导入", "hidden sheet, not taken by default"),
    "own_sheet": ("系统写的原因表，不读取", "reasons that this system wrote, not read"),
    "sheet_not_chosen": ("没有选择这张工作表", "this sheet was not chosen"),
    "empty_sheet": ("空工作表", "empty sheet"),
    "not_a_worksheet": ("图表或宏工作表，没有可导入的行", "a chart or macro sheet, no rows"),
    "no_table": (
        "没有找到可以导入的表格（没有认出{wanted}这样的列）",
        "no table to import was found (no column like {wanted})",
    ),
    "stray_cell": (
        "表格范围异常（第{row}行有内容）：{address}远离表格，已略过",
        "{address} lies far away from the table (row {row}) and was left out",
    ),
    "hidden_rows": (
        "工作表“{sheet}”中第{rows}行是隐藏的，也已读取，请核对是否要导入",
        "rows {rows} of “{sheet}” are hidden; they were read as well, please check",
    ),
    "hidden_columns": (
        "工作表“{sheet}”中{columns}列是隐藏的，也已读取，请核对是否要导入",
        "columns {columns} of “{sheet}” are hidden; they were read as well, please check",
    ),
    "taken": ("{count}个表格", "{count} tables"),
}

ROWS: Texts = {
    "rows_title": ("{rows}是标题，已略过", "{rows}: title, left out"),
    "rows_instruction": ("{rows}是填写说明，已略过", "{rows}: instructions, left out"),
    "rows_index": ("{rows}是栏次（甲、乙、1、2…），已略过", "{rows}: column numbers, left out"),
    "rows_header_again": ("{rows}是重复的表头，已略过", "{rows}: the header again, left out"),
    "rows_group": ("{rows}“{text}”是分组行，不导入", "{rows} “{text}”: a group heading, left out"),
    "rows_total": ("{rows}“{text}”不导入", "{rows} “{text}”: a total, left out"),
    "rows_note": ("{rows}是备注说明，不导入", "{rows}: a note, left out"),
    "rows_signature": ("{rows}是落款，不导入", "{rows}: signatures, left out"),
    "rows_example": ("{rows}是填写示例，不导入", "{rows}: an example, left out"),
    "rows_numbered_only": ("{rows}只有序号，不导入", "{rows}: numbered but empty, left out"),
    "rows_elsewhere": (
        "{rows}没有可识别的内容，不导入",
        "{rows}: nothing in the recognised columns, left out",
    ),
    "rows_unknown": (
        "{rows}没有认出可以导入的列，已略过",
        "{rows}: no column to import was recognised, left out",
    ),
    "row_span": ("第{first}行", "row {first}"),
    "row_spans": ("第{first}–{last}行", "rows {first}–{last}"),
    "left_out_by_header": (
        "“{header}”是个人信息，不导入、不保存",
        "“{header}” is personal, neither imported nor kept",
    ),
    "left_out_by_content": (
        "“{header}”列里是{what}，属个人信息，不导入、不保存",
        "the column “{header}” holds {what}, which is personal, neither imported nor kept",
    ),
}

CELLS: Texts = {
    "required": ("缺少{title}", "{title} is missing"),
    "too_long": (
        "{title}超过{limit}个字，请删短",
        "{title} has more than {limit} characters",
    ),
    "formula_error": ("{title}：公式错误{error}", "{title}: formula error {error}"),
    "formula_empty": (
        "{title}：公式没有保存结果，请在Excel中打开并保存后重新上传",
        "{title}: the formula has no stored result, please open and save it in Excel",
    ),
    "identity_removed": (
        "{title}里有居民身份证号，已略去，不会保存",
        "{title} held an identity card number; it was left out and is not kept",
    ),
    "unreadable_characters": (
        "{title}“{text}”疑似乱码，请核对",
        "{title} “{text}” looks garbled, please check",
    ),
    "look_alike_letters": (
        "{title}“{text}”含形似英文的外文字母，疑似重复，请核对",
        "{title} “{text}” holds letters that only look Latin, please check",
    ),
    "not_text": ("{title}“{text}”不像文字内容，请核对", "{title} “{text}” is not words"),
    "not_a_date": (
        "{title}“{text}”不是日期，请写成2024-05-28这样",
        "{title} “{text}” is not a date, please write it like 2024-05-28",
    ),
    "no_such_day": ("{title}“{text}”：没有这一天", "{title} “{text}”: there is no such day"),
    "day_missing": (
        "{title}“{text}”没有写日，按{date}记",
        "{title} “{text}” gives no day; {date} is recorded",
    ),
    "month_missing": (
        "{title}“{text}”没有写月日，按{date}记",
        "{title} “{text}” gives no month; {date} is recorded",
    ),
    "year_missing": (
        "{title}“{text}”没有写年份，请补上",
        "{title} “{text}” gives no year, please add it",
    ),
    "year_assumed": (
        "{title}“{text}”没有写年份，按表中的{year}年记",
        "{title} “{text}” gives no year; {year} is taken from the sheet",
    ),
    "two_digit_year": (
        "{title}“{text}”年份只有两位，按{date}记",
        "{title} “{text}” has a two-digit year; {date} is recorded",
    ),
    "date_order": (
        "{title}“{text}”分不清月和日，请写成2024-05-28这样",
        "{title} “{text}”: month and day cannot be told apart, write it like 2024-05-28",
    ),
    "day_first": ("{title}“{text}”按{date}记", "{title} “{text}” is recorded as {date}"),
    "month_ambiguous": (
        "{title}“{text}”可能是1月也可能是10月，按{date}记，请核对",
        "{title} “{text}” may be January or October; {date} is recorded",
    ),
    "date_implausible": (
        "{title}“{text}”不可信，请核对",
        "{title} “{text}” is not plausible, please check",
    ),
    "date_old": ("{title}“{text}”年代很早，请核对", "{title} “{text}” is very early"),
    "date_range": (
        "{title}“{text}”是一段时间，按第一天{date}记",
        "{title} “{text}” is a period; its first day {date} is recorded",
    ),
    "date_with_words": (
        "{title}“{text}”里除日期外的文字未采用",
        "{title} “{text}”: the words beside the date were not used",
    ),
    "not_an_amount": (
        "{title}“{text}”不是金额，请写成数字",
        "{title} “{text}” is not an amount, please write a number",
    ),
    "not_a_number": (
        "{title}“{text}”不是数字，请写成数字",
        "{title} “{text}” is not a number",
    ),
    "negative": ("{title}“{text}”是负数，请核对", "{title} “{text}” is negative"),
    "amount_implausible": (
        "{title}“{text}”大得不可信，请核对",
        "{title} “{text}” is too large to be true",
    ),
    "foreign_currency": (
        "{title}“{text}”是{currency}，按原币种数额记，没有折算",
        "{title} “{text}” is in {currency}; the figure was not converted",
    ),
    "unit_assumed_yuan": (
        "{title}“{text}”没有写单位，按“元”折为{value}万元，请核对",
        "{title} “{text}” has no unit; it was taken as yuan: {value} ×10,000",
    ),
    "approximate": (
        "{title}“{text}”是约数，按{value}记",
        "{title} “{text}” is approximate; {value} is recorded",
    ),
    "number_range": (
        "{title}“{text}”是一个范围，请写成一个数",
        "{title} “{text}” is a range, please write one number",
    ),
    "number_with_words": (
        "{title}“{text}”按{value}记，请核对",
        "{title} “{text}” is recorded as {value}, please check",
    ),
    "fraction_of_unit": (
        "{title}“{text}”应是整数，请核对",
        "{title} “{text}” should be a whole number",
    ),
    "not_a_phone": (
        "{title}“{text}”不是电话号码，请核对",
        "{title} “{text}” is not a phone number",
    ),
    "phone_hidden": (
        "{title}“{text}”隐去了几位，不能使用，请补全",
        "{title} “{text}” has digits hidden and cannot be used",
    ),
    "phone_length": (
        "{title}“{text}”位数不对，请核对",
        "{title} “{text}” has the wrong number of digits",
    ),
    "phone_zero_lost": (
        "{title}“{text}”开头的0可能被Excel去掉，按{value}记",
        "{title} “{text}” lost its leading zero; {value} is recorded",
    ),
    "column_guessed": (
        "没有认出表头“{header}”，整列按内容当作{title}，请核对；不对时请重新对应这一列",
        "the header “{header}” is unknown; the column was taken for {title} by its content",
    ),
    "numbers_of_several": (
        "这一格有几个人（{text}），与号码的个数不同，分不清{title}是谁的，请核对",
        "the cell names several people ({text}) but not as many numbers, please check {title}",
    ),
    "perhaps_no_record": (
        "{title}“{text}”不像企业名称，这一行也没有别的内容，请核对是否要导入",
        "{title} “{text}” looks like no enterprise and stands alone, please check the row",
    ),
    "number_of_another": (
        "{title}“{text}”紧跟在另一个人的姓名之后，可能不是联系人的，没有采用，请核对后填写",
        "{title} “{text}” stands beside another person's name and was not used, please check",
    ),
    "position_unknown": (
        "{title}“{text}”不在职务名单里，按原文记，请核对",
        "{title} “{text}” is not on the list of positions; it is kept as typed",
    ),
    "position_not_of_chamber": (
        "{title}“{text}”不是商会职务，没有采用",
        "{title} “{text}” is not a position in the chamber; it was not used",
    ),
    "position_several": (
        "{title}“{text}”有几个职务，按{value}记",
        "{title} “{text}” names several positions; {value} is recorded",
    ),
    "town_unknown": (
        "{title}“{text}”不是本区街镇，按原文记，请核对",
        "{title} “{text}” is not a town of this district; it is kept as typed",
    ),
    "choice_unknown": (
        "{title}“{text}”不在可选项里，按原文记，请核对",
        "{title} “{text}” is not among the choices; it is kept as typed",
    ),
    "not_yes_or_no": (
        "{title}“{text}”看不出是或否",
        "{title} “{text}” is neither yes nor no",
    ),
    "not_a_percentage": (
        "{title}“{text}”不是百分数",
        "{title} “{text}” is not a percentage",
    ),
    "code_in_progress": (
        "{title}“{text}”：还没有信用代码",
        "{title} “{text}”: there is no credit code yet",
    ),
    "filled_down": (
        "{title}空着，按上方的“{text}”记",
        "{title} is blank; “{text}” from above is recorded",
    ),
}
