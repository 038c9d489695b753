import { Controller, Get, Param, Put, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { IfMatch, setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { TakesFiles } from '../../infrastructure/http/takes-files.js';
import type { Actor } from '../../kernel/actor.js';
import { PhotoQuery } from './photo.dto.js';
import { OfficerPhotoView } from './photo.view.js';
import { PutPhoto } from './put-photo.js';
import { ReadPhoto } from './read-photo.js';

@ApiTags('officers')
@Controller('officers')
export class PhotoController {
  constructor(
    private readonly putPhoto: PutPhoto,
    private readonly readPhoto: ReadPhoto,
  ) {}

  /** JPEG or PNG, at most 6 MB; `If-Match` carries the version of the officer's record. */
  @Put(':id/photo')
  @Requires('officer.write')
  @TakesFiles(true)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  async put(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerPhotoView> {
    const photo = await this.putPhoto.execute(actor, id, version, request);
    setVersion(reply, photo.version);
    return photo;
  }

  @Get(':id/photo')
  @Requires('business.read', 'own.read')
  @ApiProduces('image/jpeg')
  async get(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: PhotoQuery): Promise<StreamableFile> {
    const picture = await this.readPhoto.execute(actor, id, query.size ?? 'card');
    return new StreamableFile(picture, { type: 'image/jpeg', length: picture.length });
  }
}
