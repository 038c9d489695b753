import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { EVENT_TYPES } from './infrastructure/events/events.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** The answers that every route can give, beside its own. RFC 9457. */
const PROBLEMS: Readonly<Record<string, string>> = {
  '400': 'The input can’t be read: unknown field, wrong type, malformed value. `errors[]` names each field.',
  '401': 'Nobody is signed in, or the session ended.',
  '403': 'The role may not do this.',
  '404': 'Absent or outside the caller’s scope: the same answer.',
  '429': 'Too many requests; see Retry-After.',
  '503': 'A dependency is down. Nothing was decided and nothing is half done.',
};
const WRITE_PROBLEMS: Readonly<Record<string, string>> = {
  '409': 'The state is in the way; `state` tells what was found.',
  '415': 'The media type is not taken here.',
  '422': 'A rule of the law book says no; `reasons[]` names every reason.',
};
const VERSION_PROBLEMS: Readonly<Record<string, string>> = {
  '412': 'If-Match is stale: somebody changed the record.',
  '428': 'If-Match is missing.',
};

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'For people: what happened and what to do.' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'Stable, never reused.' },
    traceId: { type: 'string' },
    state: { type: 'string', description: 'With 409: the state that was found.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    reasons: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code', 'facts', 'basis', 'zh', 'en'],
        properties: {
          code: { type: 'string' },
          facts: { type: 'object', additionalProperties: true },
          basis: { type: 'string' },
          zh: { type: 'string' },
          en: { type: 'string' },
        },
      },
    },
  },
} as const;

/** What leaves the house: the messages of webhooks, by Standard Webhooks. The generator knows no such section. */
const WEBHOOKS = Object.fromEntries(
  Object.entries(EVENT_TYPES).map(([type, object]) => [
    type,
    {
      post: {
        summary: type,
        description:
          'Headers webhook-id (the same at every attempt and replay), webhook-timestamp and webhook-signature (HMAC-SHA256 over id.timestamp.body). Answer with 2xx; anything else is tried again.',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['type', 'timestamp', 'data'],
                properties: {
                  type: { const: type },
                  timestamp: { type: 'string', format: 'date-time', description: 'When it happened.' },
                  data: {
                    type: 'object',
                    required: [`${object}Id`],
                    properties: {
                      [`${object}Id`]: { type: 'string' },
                      effectiveFrom: {
                        type: 'string',
                        format: 'date-time',
                        description: 'When it takes legal effect.',
                      },
                    },
                  },
                },
              },
            },
          },
        },
        responses: { '2XX': { description: 'Received.' } },
      },
    },
  ]),
);

/** The OpenAPI 3.1 document of the running application: what the decorators say, and what holds for every route. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Chizheng 持证')
    .setDescription(
      'Who may enforce the law: officers, training, exams, certificates, duty. Errors are RFC 9457 problem documents.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  document.components ??= {};
  document.components.schemas ??= {};
  document.components.schemas['Problem'] = PROBLEM_SCHEMA as unknown as NonNullable<
    typeof document.components.schemas
  >[string];
  Object.assign(document, { webhooks: WEBHOOKS });
  for (const path of Object.values(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = path[method];
      if (operation) complete(operation, method);
    }
  }
  return document;
}

function complete(operation: Operation, method: string): void {
  const versioned = method === 'patch' || method === 'put';
  const problems = { ...PROBLEMS, ...(method === 'get' ? {} : WRITE_PROBLEMS), ...(versioned ? VERSION_PROBLEMS : {}) };
  for (const [status, description] of Object.entries(problems)) {
    operation.responses[status] ??= {
      description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  operation.parameters ??= [];
  if (method === 'post') {
    operation.parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'The same key and body replays the first answer; another body is a 422.',
      schema: { type: 'string', maxLength: 200 },
    });
  }
  if (versioned) {
    operation.parameters.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'The ETag of the record as it was read: "<version>".',
      schema: { type: 'string', pattern: '^"\\d+"$' },
    });
  }
}

/** Serves /api/openapi.json and the Swagger UI at /api/docs, with the product's own assets. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Chizheng API',
  });
}
