/** Names of divisions of Henan (GB/T 2260), for cards and public pages; one that is not here is shown by its code. */
const CITIES: Readonly<Record<string, string>> = {
  '4101': '郑州市',
  '4102': '开封市',
  '4103': '洛阳市',
  '4104': '平顶山市',
  '4105': '安阳市',
  '4106': '鹤壁市',
  '4107': '新乡市',
  '4108': '焦作市',
  '4109': '濮阳市',
  '4110': '许昌市',
  '4111': '漯河市',
  '4112': '三门峡市',
  '4113': '南阳市',
  '4114': '商丘市',
  '4115': '信阳市',
  '4116': '周口市',
  '4117': '驻马店市',
};

const COUNTIES: Readonly<Record<string, string>> = {
  '410102': '中原区',
  '410103': '二七区',
  '410104': '管城回族区',
  '410105': '金水区',
  '410106': '上街区',
  '410108': '惠济区',
  '410122': '中牟县',
  '410171': '郑州经济技术开发区',
  '410172': '郑州高新技术产业开发区',
  '410173': '郑州航空港经济综合实验区',
  '410181': '巩义市',
  '410182': '荥阳市',
  '410183': '新密市',
  '410184': '新郑市',
  '410185': '登封市',
  '419001': '济源市',
};

/** Takes a division code of 6, 9 or 12 digits. Gives the name of its county with its city, of its city, or the code itself. */
export function divisionName(code: string): string {
  const county = code.slice(0, 6);
  if (county === '410000') return '河南省';
  const city = CITIES[code.slice(0, 4)];
  if (city !== undefined && county.endsWith('00')) return city;
  const name = COUNTIES[county];
  if (name === undefined) return code;
  return city !== undefined && name.length <= 5 ? `${city}${name}` : name;
}
