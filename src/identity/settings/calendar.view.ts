export class CalendarDayView {
  day: string;
  isWorkday: boolean;
  name: string;
  /** The notice it rests on, or why it was entered. */
  basis: string;
  recordedAt: string;
}

export class CalendarWarningView {
  zh: string;
  en: string;
}

export class CalendarYearView {
  year: number;
  /** False: no holidays of this year are entered; deadlines count out weekends only. */
  announced: boolean;
  days: CalendarDayView[];
  /** What to mind; null where the year is announced. */
  warning: CalendarWarningView | null;
  version: number;
}
