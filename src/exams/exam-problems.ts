import { Problem } from '../kernel/problem.js';
import type { ExamState } from '../rules/exam.lifecycle.js';

/** The state is in the way of whatever is recorded before the release. */
export const examReleased = (state: ExamState): Problem =>
  new Problem('conflict', 'EXAM_RELEASED', 'The results of this exam are released. They are final.', {
    extensions: { state },
  });
