/** The smallest Nest application on Fastify: what memory is compared with. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

class PlainController {
  read() {
    return { hello: 'world' };
  }
}
Controller()(PlainController);
Get('plain')(PlainController.prototype, 'read', Object.getOwnPropertyDescriptor(PlainController.prototype, 'read'));

class BareModule {}
Module({ controllers: [PlainController] })(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
