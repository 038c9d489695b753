import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { DecideReviews } from './decide-reviews.js';
import { ExplainReviews } from './explain-reviews.js';
import { OpenReview } from './open-review.js';
import { ReopenReviews } from './reopen-reviews.js';
import { ReviewCampaignQueries } from './review-campaigns.queries.js';
import { ReviewFileQueries } from './review-files.queries.js';
import {
  ReviewCampaignDetailView,
  ReviewCampaignPage,
  ReviewedView,
  ReviewFileDetailView,
  ReviewFilePage,
} from './review.view.js';
import {
  DecideReviewsDto,
  ExplainReviewsDto,
  OpenReviewDto,
  ReopenReviewsDto,
  ReviewCampaignQuery,
  ReviewFileQuery,
} from './reviews.dto.js';

/** Annual review by exception: the year. */
@ApiTags('certificates')
@Controller('review-campaigns')
export class ReviewCampaignsController {
  constructor(
    private readonly queries: ReviewCampaignQueries,
    private readonly openReview: OpenReview,
  ) {}

  @Post()
  @Requires('review.open')
  async open(
    @ActingAs() actor: Actor,
    @Body() body: OpenReviewDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewCampaignDetailView> {
    return this.one(actor, await this.openReview.execute(actor, body), reply);
  }

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: ReviewCampaignQuery): Promise<ReviewCampaignPage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewCampaignDetailView> {
    const campaign = await this.queries.one(actor, id);
    setVersion(reply, campaign.version);
    return campaign;
  }
}

/** Annual review by exception: the file of each card. */
@ApiTags('certificates')
@Controller('review-files')
export class ReviewFilesController {
  constructor(
    private readonly queries: ReviewFileQueries,
    private readonly explainReviews: ExplainReviews,
    private readonly decideReviews: DecideReviews,
    private readonly reopenReviews: ReopenReviews,
  ) {}

  @Post('explain')
  @HttpCode(200)
  @Requires('review.explain')
  explain(@ActingAs() actor: Actor, @Body() body: ExplainReviewsDto): Promise<ReviewedView> {
    return this.explainReviews.execute(actor, body);
  }

  @Post('decide')
  @HttpCode(200)
  @Requires('review.decide')
  decide(@ActingAs() actor: Actor, @Body() body: DecideReviewsDto): Promise<ReviewedView> {
    return this.decideReviews.execute(actor, body);
  }

  /** What failed is mended: another review. */
  @Post('reopen')
  @HttpCode(200)
  @Requires('review.explain')
  reopen(@ActingAs() actor: Actor, @Body() body: ReopenReviewsDto): Promise<ReviewedView> {
    return this.reopenReviews.execute(actor, body);
  }

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: ReviewFileQuery): Promise<ReviewFilePage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewFileDetailView> {
    const file = await this.queries.one(actor, id);
    setVersion(reply, file.version);
    return file;
  }
}
