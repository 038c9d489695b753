import { ReasonView } from '../infrastructure/http/reason.view.js';

/** Somebody whom a text may mean. */
export class FoundMemberView {
  officerId: string;
  name: string;
  subjectId: string;
  subjectName: string;
  postTitle: string;
  /** Masked: tells people of one name apart. */
  idNumber: string;
}

/** One text and whom it may mean: nobody, one person, or several to choose from. */
export class FoundTextView {
  text: string;
  matches: FoundMemberView[];
}

export class FoundMembersView {
  items: FoundTextView[];
}

export class SubstituteView {
  officerId: string;
  name: string;
  postTitle: string;
  certificateNo: string | null;
  warnings: ReasonView[];
}

export class SubstitutesView {
  /** Cleared for this question by the law book, and in no other deployment of that time. At most 30. */
  items: SubstituteView[];
}

/** How many of a body's people could be sent today. */
export class StrengthView {
  subjectId: string;
  subjectName: string;
  /** On its list and not left. */
  officers: number;
  /** On post with a certificate of this body that is valid now. */
  usable: number;
}
