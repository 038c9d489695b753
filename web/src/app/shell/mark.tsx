import type { ReactNode } from 'react';

/** The shield of the product. */
export const Mark = ({ size = 28 }: { size?: number }): ReactNode => (
  <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
    <path fill="#1d5fae" d="M32 3 8 12v18c0 15.5 10 26.6 24 31 14-4.4 24-15.5 24-31V12z" />
    <path
      fill="none"
      stroke="#e8c36a"
      strokeWidth="2.5"
      d="M32 8.5 13 15.6V30c0 12.6 7.8 21.6 19 25.6 11.2-4 19-13 19-25.6V15.6z"
    />
    <path
      fill="none"
      stroke="#fff"
      strokeWidth="5"
      strokeLinecap="round"
      strokeLinejoin="round"
      d="m21.5 32 7.5 7.5L43 25.5"
    />
  </svg>
);
