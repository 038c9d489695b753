import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { ImportMemoriesQuery, ImportMemoryParam } from './import.dto.js';
import { ImportMemoriesView } from './import-preview.view.js';
import { IMPORT_RIGHTS } from './imports.controller.js';
import { ClearMemory } from './memory/clear-memory.js';
import { ImportMemoriesQueries } from './memory/import-memories.queries.js';

/** Mappings and words that the people of one's own body taught the import. */
@ApiTags('imports')
@Controller('import-memories')
@Requires(...IMPORT_RIGHTS)
export class ImportMemoriesController {
  constructor(
    private readonly memories: ImportMemoriesQueries,
    private readonly clearMemory: ClearMemory,
  ) {}

  @Get()
  list(@ActingAs() actor: Actor, @Query() query: ImportMemoriesQuery): Promise<ImportMemoriesView> {
    return this.memories.list(actor, query);
  }

  /** Forgets it; the next file with these headings, or this word, is asked about again. Answers with what is left. */
  @Post(':id/clear')
  @HttpCode(200)
  async clear(@ActingAs() actor: Actor, @Param() { id }: ImportMemoryParam): Promise<ImportMemoriesView> {
    await this.clearMemory.execute(actor, id);
    return this.memories.list(actor, {});
  }
}
