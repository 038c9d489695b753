/** Education 学历, from the lowest to the highest, by the words that rosters use. The dictionary is open; unknown words rank nowhere. */
const LEVELS: readonly (readonly string[])[] = [
  ['PRIMARY', '小学'],
  ['JUNIOR_SECONDARY', '初中'],
  ['SENIOR_SECONDARY', '高中', '中专', '技校', '职高', '中技', '职业高中', '中等专科', 'VOCATIONAL_SECONDARY'],
  ['JUNIOR_COLLEGE', '大专', '专科', '大学专科', '高职'],
  ['BACHELOR', '本科', '大学本科', '学士', '大学'],
  ['MASTER', '硕士', '硕士研究生', '研究生'],
  ['DOCTOR', '博士', '博士研究生'],
];

/** Takes a word for an education. Gives its rank, or null when it is unknown. */
export function educationRank(word: string): number | null {
  const normal = word.normalize('NFKC').trim().toUpperCase();
  const rank = LEVELS.findIndex((names) => names.includes(normal) || names.some((name) => normal === `${name}学历`));
  return rank === -1 ? null : rank;
}

/** Takes an education and the least one asked for. Gives whether it is high enough; an unknown word on either side is not. */
export function isEducated(education: string, minimum: string): boolean {
  const [has, needs] = [educationRank(education), educationRank(minimum)];
  return has !== null && needs !== null && has >= needs;
}
