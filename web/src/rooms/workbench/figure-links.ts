import type { View } from '../../shared/api/client';
import { addDays } from '../../shared/lib/dates';
import type { StatusKind } from '../../shared/components/status';

type FigureKey = View<'FigureView'>['key'];

/** The list behind each figure: exactly the rows that it counts, on the day of the server that counted. */
export function listOf(key: FigureKey, today: string): string {
  switch (key) {
    case 'officersWithoutCertificate':
      return '/officers?state=IN_SERVICE&certificate=MISSING';
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
      return '/imports?phase=WAITING';
    case 'importsRunning':
      return '/imports?phase=RUNNING';
    case 'examsUpcoming':
      return `/exams?status=OPEN&heldFrom=${today}`;
    case 'examsToRelease':
      return `/exams?status=OPEN&heldTo=${addDays(today, -1)}`;
    case 'delegationsEnding':
      return '/delegations?expiringWithinDays=90';
    case 'deploymentsActive':
      return '/duty/deployments?status=ACTIVE';
    case 'deploymentsPlanned':
      return '/duty/deployments?status=PLANNED';
    case 'deploymentsRecalled':
      return '/duty/deployments?status=RECALLED';
    case 'accountsActive':
      return '/accounts?status=ACTIVE';
    case 'accountsLocked':
      return '/accounts?locked=true';
    case 'accountsDisabled':
      return '/accounts?status=DISABLED';
    case 'accountsWithoutRole':
      return '/accounts?status=ACTIVE&role=NONE';
    case 'auditEntriesToday':
      return `/audit?from=${today}&to=${today}`;
    case 'signInsRefusedToday':
      return `/audit?from=${today}&to=${today}&verb=session.refuse`;
    case 'idNumbersShownToday':
      return `/audit?from=${today}&to=${today}&verb=officer.reveal-id-number`;
    case 'rolesSetToday':
      return `/audit?from=${today}&to=${today}&verb=account.set-roles`;
    case 'settingsTouchedToday':
      return `/audit?from=${today}&to=${today}&targetType=setting`;
  }
}

/** How a figure that is not zero looks: something to do, something to watch, or just a number. */
export function moodOf(key: FigureKey, count: number): StatusKind {
  if (count === 0) return 'over';
  switch (key) {
    case 'deploymentsRecalled':
    case 'applicationsReturned':
    case 'accountsLocked':
    case 'signInsRefusedToday':
      return 'stop';
    case 'certificatesSuspended':
    case 'officersWithoutCertificate':
    case 'cardsToCollect':
    case 'idNumbersShownToday':
    case 'accountsWithoutRole':
      return 'limited';
    case 'certificatesExpiring':
    case 'delegationsEnding':
      return 'soon';
    case 'deploymentsActive':
    case 'accountsActive':
      return 'ok';
    case 'accountsDisabled':
      return 'over';
    default:
      return 'pending';
  }
}

export const monthList = (firstDay: string, lastDay: string, today: string): string =>
  `/certificates?endsFrom=${firstDay < today ? today : firstDay}&endsTo=${lastDay}`;
