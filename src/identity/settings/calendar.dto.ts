import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsObject, ValidateNested } from 'class-validator';
import { IsLegalDate, IsPlainText } from '../../infrastructure/validation/rules.js';

export class CalendarDayDto {
  @IsLegalDate()
  day: string;

  /** True: worked on (a make-up day); false: a holiday. */
  @IsBoolean()
  isWorkday: boolean;

  @IsPlainText(60)
  name: string;
}

export class SetCalendarDto {
  /** Every day of the year that departs from Monday to Friday; what is left out counts by its weekday. */
  @IsArray()
  @ArrayMaxSize(120)
  @ArrayUnique(({ day }: CalendarDayDto) => day)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CalendarDayDto)
  days: CalendarDayDto[];

  /** Number of the notice, or why it is corrected. */
  @IsPlainText(200)
  reason: string;
}
