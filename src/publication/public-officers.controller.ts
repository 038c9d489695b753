import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LookupThrottle } from '../certificates/index.js';
import { Requires } from '../infrastructure/http/requires.js';
import { PublicOfficerQueries } from './public-officers.queries.js';
import { PublicOfficerPage, PublicUnitPage } from './publication.view.js';
import { PublicOfficersQuery, PublicUnitsQuery } from './publications.dto.js';

@ApiTags('public')
@Controller('public')
export class PublicOfficersController {
  constructor(
    private readonly throttle: LookupThrottle,
    private readonly queries: PublicOfficerQueries,
  ) {}

  /** The officers of one body who may act at this moment and whose publication was checked. Rate-limited. */
  @Get('officers')
  @Requires('public')
  async officers(@Query() query: PublicOfficersQuery): Promise<PublicOfficerPage> {
    await this.throttle.pass();
    return this.queries.ofUnit(query);
  }

  /** The bodies that have somebody on the list. */
  @Get('officer-units')
  @Requires('public')
  async units(@Query() query: PublicUnitsQuery): Promise<PublicUnitPage> {
    await this.throttle.pass();
    return this.queries.units(query);
  }
}
