import type { EligibilityFacts, EligibilitySettings } from '../../src/rules/eligibility.rules.js';
import type { HeldCertificate } from '../../src/rules/previous-certificate.rules.js';
import type { IssuanceFacts, IssuanceSettings } from '../../src/rules/issuance.rules.js';
import { at, DOMAIN } from './duty-world.js';

/** An officer who is ready in every respect on 10 March 2026; each test spoils one thing. */
export const ELIGIBLE: EligibilityFacts = {
  at: at('2026-03-10', 10),
  staffCategory: 'CIVIL_SERVANT',
  onEstablishment: true,
  establishmentConfirmedOn: '2026-01-10',
  leftFrom: null,
  offPost: [],
  birthDate: '1990-01-01',
  isFit: true,
  education: '本科',
  passedLastAppraisal: true,
  bars: [],
  unit: { name: '城市管理局', kind: 'ADMIN_ORGAN', isConfirmed: true, hasEffectiveDelegation: false },
};

export const ELIGIBILITY: EligibilitySettings = { minEducation: '高中', bars: 'allOn', establishmentConfirmMonths: 12 };

export const READY: IssuanceFacts = {
  ...ELIGIBLE,
  type: 'FIRST',
  certificateType: 'ENFORCEMENT',
  domains: [DOMAIN],
  training: { prePostHours: 40, commonLawHours: 20, specialLawHours: { [DOMAIN]: 20 } },
  passes: [
    { subject: 'COMMON_LAW', domain: null, passedOn: '2026-02-01' },
    { subject: 'SPECIAL_LAW', domain: DOMAIN, passedOn: '2026-02-01' },
  ],
  hasLegalQualification: false,
  certificates: [],
  hasOpenApplication: false,
  hoursLastYear: 60,
  hasPhoto: true,
  hasUnitOpinion: true,
  hasVoidNotice: true,
};

export const SETTINGS: IssuanceSettings = {
  ...ELIGIBILITY,
  prePostHours: 40,
  passValidYears: 5,
  exemptCommon: true,
  allowBoth: false,
  renewBeforeDays: 180,
  annualHours: 60,
  renewalTest: true,
};

export const held = (over: Partial<HeldCertificate> = {}): HeldCertificate => ({
  number: '16010100001',
  type: 'ENFORCEMENT',
  standing: 'VALID',
  domains: [DOMAIN],
  validFrom: '2021-07-01',
  validTo: '2026-06-30',
  ...over,
});
