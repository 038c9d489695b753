import type { View } from '../../shared/api/client';
import { addDays, today } from '../../shared/lib/dates';
import type { StatusKind } from '../../shared/components/status';

type FigureKey = View<'FigureView'>['key'];

/** The list behind each figure. */
export function listOf(key: FigureKey): string | null {
  switch (key) {
    case 'officersOnDuty':
      return '/officers?state=ON_DUTY';
    case 'officersWithoutCertificate':
      return '/officers';
    case 'certificatesExpiring':
      return '/certificates?expiringWithinDays=90';
    case 'certificatesSuspended':
      return '/certificates?state=SUSPENDED';
    case 'cardsToCollect':
      return '/todos?kind=CARD_CASE';
    case 'applicationsReturned':
      return '/applications?state=RETURNED';
    case 'applicationsToReview':
      return '/applications?state=SUBMITTED';
    case 'applicationsToApprove':
      return '/applications?state=DISTRICT_REVIEWED';
    case 'applicationsToIssue':
      return '/applications?state=APPROVED';
    case 'settingsToApprove':
      return '/todos?kind=SETTING';
    case 'importsOpen':
    case 'importsRunning':
      return '/imports';
    case 'examsUpcoming':
    case 'examsToRelease':
      return '/exams?status=OPEN';
    case 'subjectsToConfirm':
      return '/subjects';
    case 'delegationsEnding':
      return '/delegations';
    case 'deploymentsActive':
      return '/duty/deployments?status=ACTIVE';
    case 'deploymentsPlanned':
      return '/duty/deployments?status=PLANNED';
    case 'deploymentsRecalled':
      return '/duty/deployments?status=RECALLED';
    case 'accountsActive':
      return '/accounts?status=ACTIVE';
    case 'accountsLocked':
    case 'accountsWithoutRole':
      return '/accounts';
    case 'auditEntriesToday':
      return `/audit?from=${today()}`;
  }
}

/** How a figure that is not zero looks: something to do, something to watch, or just a number. */
export function moodOf(key: FigureKey, count: number): StatusKind {
  if (count === 0) return 'over';
  switch (key) {
    case 'deploymentsRecalled':
    case 'applicationsReturned':
    case 'accountsLocked':
      return 'stop';
    case 'certificatesSuspended':
    case 'officersWithoutCertificate':
    case 'cardsToCollect':
      return 'limited';
    case 'certificatesExpiring':
    case 'delegationsEnding':
      return 'soon';
    case 'deploymentsActive':
    case 'accountsActive':
    case 'officersOnDuty':
      return 'ok';
    default:
      return 'pending';
  }
}

export const monthList = (firstDay: string, lastDay: string): string =>
  `/certificates?endsFrom=${firstDay < today() ? today() : firstDay}&endsTo=${lastDay}`;
export const soonEnd = (): string => addDays(today(), 90);
