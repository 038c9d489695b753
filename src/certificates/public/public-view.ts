import { divisionName } from '../../rules/codes/division-names.js';
import type { FoundCard } from '../verification/verification.js';
import { VERDICTS } from '../verification/verdict-words.js';
import type { PublicCertificateView } from './public-certificate.view.js';

/** BR-94: these fields and nothing else. BR-93: what names the person is taken down when the card is suspended or ends by an act. */
export function publicView({ card, judgement, domainNames }: FoundCard): PublicCertificateView {
  const { verdict, standing } = judgement;
  const { zh, en, namesThePerson } = VERDICTS[verdict];
  const common = {
    certificateNo: card.number,
    type: card.type,
    state: standing,
    verdict,
    verdictZh: zh,
    verdictEn: en,
  };
  if (!namesThePerson) {
    const hidden = { name: null, unit: null, post: null, area: null, issuer: null, validFrom: null, validTo: null };
    return { ...common, ...hidden, domains: [] };
  }
  return {
    ...common,
    name: card.holderName,
    unit: card.subjectName,
    post: card.postTitle,
    domains: [...domainNames],
    area: divisionName(card.divisionCode),
    issuer: card.issuer,
    validFrom: card.validFrom,
    validTo: card.validTo,
  };
}
