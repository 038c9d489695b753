import { ValidateIf } from 'class-validator';

/** The field may be left out; null is not "left out" (IsOptional would let it through). */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);
