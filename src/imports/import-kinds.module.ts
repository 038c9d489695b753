import { Module } from '@nestjs/common';
import { ImportDefinitions } from './import-definitions.js';

/** What can be imported, without the engine: for whoever counts imports by who sees them. */
@Module({ providers: [ImportDefinitions], exports: [ImportDefinitions] })
export class ImportKindsModule {}
