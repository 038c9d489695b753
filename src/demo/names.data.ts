export const SURNAMES = [
  ...[
    '王',
    '李',
    '张',
    '刘',
    '陈',
    '杨',
    '赵',
    '黄',
    '周',
    '吴',
    '徐',
    '孙',
    '胡',
    '朱',
    '高',
    '林',
    '何',
    '郭',
    '马',
    '罗',
  ],
  ...[
    '梁',
    '宋',
    '郑',
    '谢',
    '韩',
    '唐',
    '冯',
    '于',
    '董',
    '萧',
    '程',
    '曹',
    '袁',
    '邓',
    '许',
    '傅',
    '沈',
    '曾',
    '彭',
    '吕',
  ],
  ...[
    '苏',
    '卢',
    '蒋',
    '蔡',
    '贾',
    '丁',
    '魏',
    '薛',
    '叶',
    '阎',
    '余',
    '潘',
    '杜',
    '戴',
    '夏',
    '钟',
    '汪',
    '田',
    '任',
    '姜',
  ],
] as const;

const GIVEN_FIRST = [
  '建',
  '志',
  '文',
  '晓',
  '海',
  '国',
  '玉',
  '春',
  '永',
  '少',
  '世',
  '俊',
  '立',
  '明',
  '思',
  '佳',
  '新',
  '宏',
] as const;
const MALE_SECOND = [
  '国',
  '强',
  '军',
  '伟',
  '涛',
  '峰',
  '鹏',
  '辉',
  '斌',
  '超',
  '勇',
  '磊',
  '凯',
  '刚',
  '杰',
  '亮',
] as const;
const FEMALE_SECOND = [
  '红',
  '丽',
  '娟',
  '敏',
  '静',
  '艳',
  '霞',
  '玲',
  '燕',
  '娜',
  '芳',
  '慧',
  '颖',
  '洁',
  '萍',
  '雪',
] as const;

/** A made-up name, a different one for each of some 17,000 serials of either gender. */
export function syntheticName(serial: number, gender: 'MALE' | 'FEMALE'): string {
  const second = gender === 'MALE' ? MALE_SECOND : FEMALE_SECOND;
  const surname = SURNAMES[serial % SURNAMES.length] ?? '王';
  const first = GIVEN_FIRST[(serial * 7) % GIVEN_FIRST.length] ?? '建';
  const last = second[(serial * 5 + Math.floor(serial / SURNAMES.length)) % second.length] ?? '红';
  // Every eleventh name has two characters.
  return serial % 11 === 0 ? surname + last : surname + first + last;
}

/** Names that spreadsheets spell in many ways. */
export const UNUSUAL_NAMES: readonly string[] = ['欧阳明轩', '买买提·艾力', '古丽娜尔·吐尔逊', '司马晓静'];

export const POSTS = ['执法一中队执法员', '执法二中队执法员', '执法三中队执法员', '监督检查岗', '行政许可岗'] as const;
export const LEADER_POST = '执法中队长';
export const EDUCATION = ['本科', '本科', '本科', '大专', '大专', '硕士研究生', '高中'] as const;
