import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { IsId, IsPlainText, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import {
  PUBLICATION_DECISIONS,
  PUBLICATION_STATES,
  type PublicationDecision,
  type PublicationState,
} from '../rules/publication.lifecycle.js';
import { PUBLICATION_COLOURS, type PublicationColour } from '../rules/publication.rules.js';

export class PreparePublicationsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsId({ each: true })
  publicationIds: string[];

  @MayBeAbsent()
  @IsPlainText(500, { lines: true, min: 0 })
  note?: string;
}

export class CheckPublicationsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsId({ each: true })
  publicationIds: string[];

  @IsIn(PUBLICATION_DECISIONS)
  decision: PublicationDecision;

  /** The privacy check was done and found nothing against it. PUBLISH needs it. */
  @IsBoolean()
  privacyChecked: boolean;

  /** The secrecy check was done and found nothing against it. PUBLISH needs it. */
  @IsBoolean()
  secrecyChecked: boolean;

  /** Why. To return or to withhold has to say something. */
  @MayBeAbsent()
  @IsPlainText(500, { lines: true, min: 0 })
  note?: string;
}

export class WithholdPublicationDto {
  @IsPlainText(500, { lines: true })
  reason: string;
}

export class PublicationListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(PUBLICATION_STATES)
  state?: PublicationState;

  /** Colour of the clock of what is still to be done (DUE or PREPARED). */
  @MayBeAbsent()
  @IsIn(PUBLICATION_COLOURS)
  clock?: PublicationColour;

  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  @MayBeAbsent()
  @IsId()
  officerId?: string;

  @MayBeAbsent()
  @IsId()
  certificateId?: string;
}

export class PublicOfficersQuery extends PageQuery {
  /** The body, as GET /public/officer-units names it. */
  @IsId()
  subjectId: string;

  /** The whole name. */
  @MayBeAbsent()
  @IsPlainText(100)
  name?: string;
}

export class PublicUnitsQuery extends PageQuery {}
