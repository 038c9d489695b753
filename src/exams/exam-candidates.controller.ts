import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { CandidatesQueries } from './candidates.queries.js';
import { DownloadResultsSheet } from './download-results-sheet.js';
import { RegisterCandidatesDto, RegistrationsQuery, ResultsQuery } from './exam.dto.js';
import { RegistrationOutcomesView, RegistrationPage, ResultPage } from './exam.view.js';
import { RegisterCandidates } from './register-candidates.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('exams')
@Controller('exams/:id')
export class ExamCandidatesController {
  constructor(
    private readonly candidates: CandidatesQueries,
    private readonly registerCandidates: RegisterCandidates,
    private readonly downloadResultsSheet: DownloadResultsSheet,
  ) {}

  @Post('registrations')
  @HttpCode(200)
  @Requires('exam.write')
  register(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: RegisterCandidatesDto,
  ): Promise<RegistrationOutcomesView> {
    return this.registerCandidates.execute(actor, id, body.officerIds);
  }

  @Get('registrations')
  @Requires('business.read')
  registrations(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Query() query: RegistrationsQuery,
  ): Promise<RegistrationPage> {
    return this.candidates.registrations(actor, id, query);
  }

  @Get('results')
  @Requires('business.read')
  results(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: ResultsQuery): Promise<ResultPage> {
    return this.candidates.results(actor, id, query);
  }

  /** The sheet to be filled in; it holds full ID numbers, and every download is audited. */
  @Get('results-sheet.xlsx')
  @Requires('exam.write')
  @ApiProduces(XLSX)
  async resultsSheet(@ActingAs() actor: Actor, @Param('id') id: string): Promise<StreamableFile> {
    const { examNo, content } = await this.downloadResultsSheet.execute(actor, id);
    return new StreamableFile(content, {
      type: XLSX,
      disposition: `attachment; filename="exam-${examNo}-results.xlsx"`,
    });
  }
}
