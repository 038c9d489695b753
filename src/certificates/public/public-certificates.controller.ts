import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '../../infrastructure/http/requires.js';
import { LookupThrottle } from './lookup-throttle.js';
import { PublicLookupView } from './public-certificate.view.js';
import { PublicLookupQuery } from './public-lookup.dto.js';
import { PublicLookups } from './public-lookups.js';

@ApiTags('public')
@Controller('public/certificates')
export class PublicCertificatesController {
  constructor(
    private readonly throttle: LookupThrottle,
    private readonly lookups: PublicLookups,
  ) {}

  @Get()
  @Requires('public')
  async lookUp(@Query() query: PublicLookupQuery): Promise<PublicLookupView> {
    await this.throttle.pass();
    return this.lookups.byNumber(query.no, query.name);
  }
}
