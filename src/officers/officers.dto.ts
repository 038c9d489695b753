import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';
import {
  IsCode,
  IsId,
  IsInstantOrDate,
  IsPlainText,
  MayBeAbsent,
  PageQuery,
} from '../infrastructure/validation/rules.js';
import { NAMED_CATEGORIES, type NamedCategory } from '../rules/officer-service.rules.js';
import { OFFICER_STATES, type OfficerState } from './officer.view.js';

const OFFICER_STATES_ASKED = [...OFFICER_STATES, 'IN_SERVICE'] as const;

/** The field may be left out, or null to empty it. */
const MayBeEmptied = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined && value !== null);

const IsPhone = (): PropertyDecorator =>
  Matches(/^\+?[0-9][0-9 -]{4,18}[0-9]$/, {
    message: '$property must be a phone number of digits, blanks and hyphens',
    context: { code: 'PHONE_MALFORMED' },
  });

export class RegisterOfficerDto {
  @IsPlainText(100)
  name: string;

  /** 公民身份号码. It is stored encrypted and never shown again but masked. */
  @IsString()
  @Length(1, 60)
  idNumber: string;

  /** It follows from the ID number; when given it must agree with it. */
  @MayBeAbsent()
  @IsIn(['MALE', 'FEMALE'])
  gender?: 'MALE' | 'FEMALE';

  /** AUXILIARY is refused with 422: auxiliary personnel are no officers. */
  @IsIn(NAMED_CATEGORIES)
  staffCategory: NamedCategory;

  @IsBoolean()
  onEstablishment: boolean;

  @MayBeAbsent()
  @IsPlainText(40)
  education?: string;

  @MayBeAbsent()
  @IsPhone()
  phone?: string;

  @IsId()
  subjectId: string;

  /** 执法岗位. */
  @IsPlainText(100)
  postTitle: string;

  /** Codes of the dictionary `domains`. */
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique()
  @IsCode({ each: true })
  domains: string[];

  /** 法律职业资格证书编号. */
  @MayBeAbsent()
  @IsPlainText(60)
  legalQualificationNo?: string;

  /** When the assignment to the unit began: an instant, or a date (00:00 +08:00). */
  @IsInstantOrDate()
  assignedFrom: string;
}

export class ChangeOfficerDto {
  @MayBeAbsent()
  @IsPlainText(100)
  name?: string;

  @MayBeEmptied()
  @IsPhone()
  phone?: string | null;

  @MayBeEmptied()
  @IsPlainText(40)
  education?: string | null;

  @MayBeAbsent()
  @IsPlainText(100)
  postTitle?: string;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique()
  @IsCode({ each: true })
  domains?: string[];

  @MayBeEmptied()
  @IsPlainText(60)
  legalQualificationNo?: string | null;

  /** Corrects the running assignment; both the wrong and the right row are kept. */
  @MayBeAbsent()
  @IsIn(NAMED_CATEGORIES)
  staffCategory?: NamedCategory;

  @MayBeAbsent()
  @IsBoolean()
  onEstablishment?: boolean;
}

export class SearchOfficersDto {
  /** Whole ID number. It is sent in the body because addresses are logged. */
  @IsString()
  @Length(1, 60)
  idNumber: string;
}

export class OfficersQuery extends PageQuery {
  /** Part of a name, or a whole certificate number. An ID number is refused: POST /officers/search takes it. */
  @MayBeAbsent()
  @IsPlainText(100)
  q?: string;

  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  /** At this moment. IN_SERVICE: on duty or off post, that is, whoever has not left. */
  @MayBeAbsent()
  @IsIn(OFFICER_STATES_ASKED)
  state?: OfficerState | 'IN_SERVICE';

  /** HELD: there is a certificate in force today, be it suspended; MISSING: there is none. */
  @MayBeAbsent()
  @IsIn(['HELD', 'MISSING'])
  certificate?: 'HELD' | 'MISSING';

  /** 'true': could be sent at this moment, as GET /duty/strength counts; only a duty check says whether somebody may act. */
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  usable?: 'true' | 'false';
}
