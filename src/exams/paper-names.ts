import type { ExamSubject } from '../rules/exam-pass.rules.js';

/** How sheets name the two subjects (domain.md section 4). */
export const SUBJECT_OPTIONS: readonly {
  readonly code: ExamSubject;
  readonly zh: string;
  readonly aliases: readonly string[];
}[] = [
  {
    code: 'COMMON_LAW',
    zh: '公共法律知识',
    aliases: [
      '公共',
      '公共法律',
      '公共科目',
      '公共课',
      '共用',
      '共用法律规范',
      '综合',
      '综合法律',
      '综合法律知识',
      '通用',
      '通用法律',
      '通用法律知识',
    ],
  },
  {
    code: 'SPECIAL_LAW',
    zh: '专业法律知识',
    aliases: ['专业', '专业法律', '专业科目', '专业课', '专用', '专用法律规范', '专门', '专门法律', '专门法律知识'],
  },
];

const BY_NAME = new Map(
  SUBJECT_OPTIONS.flatMap(({ code, zh, aliases }) => [code, zh, ...aliases].map((name) => [name, code] as const)),
);

/** The subject that a cell means, or null. */
export const subjectNamed = (text: string): ExamSubject | null => {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  return BY_NAME.get(plain) ?? BY_NAME.get(plain.toUpperCase()) ?? null;
};

export const subjectName = (subject: ExamSubject): string =>
  SUBJECT_OPTIONS.find(({ code }) => code === subject)?.zh ?? subject;
