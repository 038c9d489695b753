import { en, zh } from './sentence.js';

/** The way to meet a condition: a class or an exam to enter for, or one that has been entered and only has to be finished. */
export const WAY_TEXTS = {
  CLASS_OPEN: {
    zh: zh`请报名培训班“${'title'}”：${'startsOn'} 至 ${'endsOn'}，${'place'}，${'hours'} 学时，剩余名额：${'seatsLeft'}。`,
    en: en`Enter for the class “${'title'}”: ${'startsOn'} to ${'endsOn'}, ${'place'}, ${'hours'} hours, seats left: ${'seatsLeft'}.`,
  },
  CLASS_ENTERED: {
    zh: zh`已报名培训班“${'title'}”（${'startsOn'} 至 ${'endsOn'}，${'place'}，${'hours'} 学时），结课确认后计入。`,
    en: en`Entered for the class “${'title'}” (${'startsOn'} to ${'endsOn'}, ${'place'}, ${'hours'} hours): it counts once it is closed.`,
  },
  CLASS_OF_YEAR_OPEN: {
    zh: zh`请报名培训班“${'title'}”：${'startsOn'} 至 ${'endsOn'}，${'place'}，${'hours'} 学时，剩余名额：${'seatsLeft'}；计入 ${'year'} 年度，次年起作为上一年度学时。`,
    en: en`Enter for the class “${'title'}”: ${'startsOn'} to ${'endsOn'}, ${'place'}, ${'hours'} hours, seats left: ${'seatsLeft'}; it counts for ${'year'}, which is the last full year from the next January on.`,
  },
  CLASS_OF_YEAR_ENTERED: {
    zh: zh`已报名培训班“${'title'}”（${'startsOn'} 至 ${'endsOn'}，${'place'}，${'hours'} 学时），结课确认后计入 ${'year'} 年度。`,
    en: en`Entered for the class “${'title'}” (${'startsOn'} to ${'endsOn'}, ${'place'}, ${'hours'} hours): once it is closed it counts for ${'year'}.`,
  },
  EXAM_OPEN: {
    zh: zh`请报名考试“${'title'}”：${'startsOn'}，科目：${'examSubject'}。`,
    en: en`Register for the exam “${'title'}” on ${'startsOn'}: the ${'examSubject'} paper.`,
  },
  EXAM_ENTERED: {
    zh: zh`已报名考试“${'title'}”（${'startsOn'}，科目：${'examSubject'}），成绩发布且合格后计入。`,
    en: en`Registered for the exam “${'title'}” on ${'startsOn'} (the ${'examSubject'} paper): a pass counts once the results are released.`,
  },
} as const;
