/** What the person who sent a file reads when it is refused: what is wrong, then the cure. `{limit}` and `{place}` are filled in. */
export const FILE_REFUSAL_TEXTS = {
  FILE_EMPTY: {
    zh: '文件是空的。请确认选对了文件后重新上传。',
    en: 'The file is empty. Please check that the right file was chosen and upload it again.',
  },
  FILE_TOO_LARGE: {
    zh: '文件超过 {limit} 字节。请拆成几个文件分别导入。',
    en: 'The file is larger than {limit} bytes. Please split it into several files.',
  },
  FILE_TYPE: {
    zh: '文件内容不是 .xlsx 工作簿或 .csv 文本，或与扩展名不符。请用 Excel 或 WPS 打开后另存为 .xlsx。',
    en: 'The content is not an .xlsx workbook or .csv text, or does not match its extension. Please open it in Excel or WPS and save it as .xlsx.',
  },
  FILE_ENCRYPTED: {
    zh: '此文件有打开密码。请去掉打开密码后重新上传。',
    en: 'The file has an opening password. Please remove the password and upload it again.',
  },
  FILE_OLD_EXCEL: {
    zh: '这是旧版 Excel 或 WPS 格式（.xls、.et）。请另存为 .xlsx 后重新上传。',
    en: 'This is the old Excel or WPS format (.xls, .et). Please save it as .xlsx and upload it again.',
  },
  FILE_MACRO: {
    zh: '文件带有宏。请另存为不带宏的 .xlsx 后重新上传。',
    en: 'The file contains macros. Please save it as an .xlsx without macros and upload it again.',
  },
  ZIP_DAMAGED: {
    zh: '文件已损坏或不完整。请用 Excel 打开原文件，另存为新的 .xlsx 后重新上传。',
    en: 'The file is damaged or incomplete. Please open the original in Excel, save it as a new .xlsx and upload that.',
  },
  ZIP_BOMB: {
    zh: '文件解开后异常庞大或结构异常（上限 {limit}）。请把数据复制到新建的工作簿后重新上传。',
    en: 'The file unpacks to an abnormal size or structure (limit {limit}). Please copy the data into a new workbook and upload that.',
  },
  XML_DAMAGED: {
    zh: '工作簿内部内容损坏（{place}）。请用 Excel 打开后另存为新的 .xlsx。',
    en: 'The inside of the workbook is damaged ({place}). Please open it in Excel and save it as a new .xlsx.',
  },
  XML_FORBIDDEN: {
    zh: '工作簿内含有不允许的定义。请把数据复制到新建的工作簿后重新上传。',
    en: 'The workbook contains definitions that are not allowed. Please copy the data into a new workbook and upload that.',
  },
  NO_SHEET: {
    zh: '工作簿里没有数据表。请确认文件后重新上传。',
    en: 'The workbook has no worksheet. Please check the file and upload it again.',
  },
  SHEET_NOT_FOUND: {
    zh: '工作簿里没有所选的工作表。请重新选择工作表。',
    en: 'The workbook has no sheet of the chosen name. Please choose the sheet again.',
  },
  TOO_MANY_SHEETS: {
    zh: '工作表超过 {limit} 个。请把要导入的工作表单独存为一个文件。',
    en: 'There are more than {limit} sheets. Please save the sheet to be imported as a file of its own.',
  },
  TOO_MANY_ROWS: {
    zh: '数据超过 {limit} 行。请拆成几个文件分别导入。',
    en: 'There are more than {limit} rows of data. Please split the file.',
  },
  TOO_MANY_COLUMNS: {
    zh: '{place}超出第 {limit} 列。请删除多余的列后重新上传。',
    en: 'A value stands beyond column {limit} ({place}). Please delete the surplus columns and upload the file again.',
  },
  TOO_MANY_TEXTS: {
    zh: '工作簿里的文字过多（上限 {limit}）。请拆成几个文件分别导入。',
    en: 'The workbook holds too much text (limit {limit}). Please split the file.',
  },
  CELL_TOO_LONG: {
    zh: '{place}的内容超过 {limit} 个字符。请缩短后重新上传。',
    en: 'A cell is longer than {limit} characters ({place}). Please shorten it and upload the file again.',
  },
  DUPLICATE_CELL: {
    zh: '{place}在文件里出现了两次，无法确定以哪个为准。请用 Excel 打开后另存为新的 .xlsx。',
    en: 'The same cell stands twice in the file ({place}), so its value is uncertain. Please open it in Excel and save it as a new .xlsx.',
  },
  DUPLICATE_ROW: {
    zh: '{place}在文件里出现了两次，无法确定以哪个为准。请用 Excel 打开后另存为新的 .xlsx。',
    en: 'The same row stands twice in the file ({place}), so its values are uncertain. Please open it in Excel and save it as a new .xlsx.',
  },
  ROW_BEYOND_SHEET: {
    zh: '文件写有超出工作表范围的行号（最大 {limit}）。请用 Excel 打开后另存为新的 .xlsx。',
    en: 'The file names a row beyond the last row of a sheet ({limit}). Please open it in Excel and save it as a new .xlsx.',
  },
  CSV_QUOTE: {
    zh: '{place}的引号没有成对。请检查该行的双引号，或改用 .xlsx。',
    en: 'A quotation mark is not closed ({place}). Please check the double quotes of that line, or use .xlsx.',
  },
  CSV_NUL: {
    zh: '{place}含有空字符，文件可能已损坏。请重新导出，或改用 .xlsx。',
    en: 'There is a NUL character ({place}), the file may be damaged. Please export it again, or use .xlsx.',
  },
  ENCODING_UNKNOWN: {
    zh: '无法确定文字编码（{place}）。请另存为 .xlsx，或另存为 UTF-8 编码的 CSV。',
    en: 'The text encoding cannot be determined ({place}). Please save the file as .xlsx, or as CSV in UTF-8.',
  },
  ENCODING_WRONG: {
    zh: '{place}的文字不符合所选编码。请改选编码，或另存为 .xlsx。',
    en: 'The text does not fit the chosen encoding ({place}). Please choose another encoding, or save the file as .xlsx.',
  },
  FILE_TIMEOUT: {
    zh: '读取文件超过 {limit} 毫秒，已停止。请拆成几个文件，或把数据复制到新建的工作簿。',
    en: 'Reading took longer than {limit} ms and was stopped. Please split the file, or copy the data into a new workbook.',
  },
  FILE_CANCELLED: {
    zh: '读取已取消。需要时请重新上传。',
    en: 'Reading was cancelled. Please upload the file again when needed.',
  },
  READER_CRASHED: {
    zh: '读取此文件时程序意外中止（可能内存不足）。请把数据复制到新建的工作簿后重新上传。',
    en: 'The reader stopped unexpectedly on this file (perhaps out of memory). Please copy the data into a new workbook and upload that.',
  },
} as const satisfies Record<string, { zh: string; en: string }>;
