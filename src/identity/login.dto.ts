import { IsString, Length } from 'class-validator';

export class LoginDto {
  /** @example hr */
  @IsString()
  @Length(1, 60)
  username: string;

  @IsString()
  @Length(1, 200)
  password: string;
}

export class DemoSignInDto {
  /** One of those that GET /auth/door names. */
  @IsString()
  @Length(1, 60)
  username: string;
}

export class ChangePasswordDto {
  @IsString()
  @Length(1, 200)
  currentPassword: string;

  @IsString()
  @Length(1, 200)
  newPassword: string;
}
