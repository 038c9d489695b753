import { jest } from '@jest/globals';

// A database of its own with all migrations takes seconds on a busy machine; no test asserts a time.
jest.setTimeout(60_000);
