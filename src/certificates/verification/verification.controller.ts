import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { ShowLiveCode } from './show-live-code.js';
import { VerifyDto } from './verification.dto.js';
import { LiveCodeView, CardVerificationView } from './verification.view.js';
import { VerifyCard } from './verify-card.js';

@ApiTags('verification')
@Controller('certificates')
export class VerificationController {
  constructor(
    private readonly verifyCard: VerifyCard,
    private readonly showLiveCode: ShowLiveCode,
  ) {}

  /** For supervising staff in the field: by QR, live code or number. Kept with who, when and where. */
  @Post('verify')
  @HttpCode(200)
  @Requires('certificate.verify')
  verify(@ActingAs() actor: Actor, @Body() body: VerifyDto): Promise<CardVerificationView> {
    return this.verifyCard.execute(actor, body);
  }

  /** For the holder: a signed code for the own screen, good for 60 seconds. 409 while the card may not be used. */
  @Get(':id/live-code')
  @Requires('own.read')
  liveCode(@ActingAs() actor: Actor, @Param('id') id: string): Promise<LiveCodeView> {
    return this.showLiveCode.execute(actor, id);
  }
}
