import { IsDefined, Matches } from 'class-validator';
import { IsLegalDate, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';
import { IsJsonValue } from './is-json-value.js';

export class SettingsQuery extends PageQuery {
  /** Only keys that begin with this. @example auth. */
  @MayBeAbsent()
  @Matches(/^[a-z][A-Za-z0-9.]{0,59}$/, { message: 'prefix must be the beginning of a key' })
  prefix?: string;
}

export class ChangeSettingDto {
  /** Of the same JSON type as the value in force. */
  @IsJsonValue()
  value: unknown;

  /** The first day of the new value: today or later. */
  @IsLegalDate()
  effectiveFrom: string;

  @IsPlainText(500)
  reason: string;
}

/** Nothing has to be said with a yes. */
export class ApproveSettingDto {
  @MayBeAbsent()
  @IsPlainText(500)
  opinion?: string;
}

export class RefuseSettingDto {
  @IsDefined()
  @IsPlainText(500)
  reason: string;
}
