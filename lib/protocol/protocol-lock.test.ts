import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setStatusInput } from '@/lib/services/agent/set-status';
import { takeUpInput } from '@/lib/services/approach/take-up';
import { bookInput } from '@/lib/services/callback/book';
import { cancelCallbackInput } from '@/lib/services/callback/cancel';
import { markInput } from '@/lib/services/callback/mark';
import { proposeInput } from '@/lib/services/callback/propose';
import { readCallbackInput } from '@/lib/services/callback/read';
import { ownSlotsInput, scheduleInput } from '@/lib/services/callback/schedule';
import { readAsAgentInput, readAsVisitorInput } from '@/lib/services/conversation/mark-read';
import { participateInput } from '@/lib/services/conversation/participate';
import { beforeInput, openInput, sinceInput } from '@/lib/services/conversation/read';
import { takeoverInput } from '@/lib/services/conversation/takeover';
import { chooseFormInput } from '@/lib/services/form/choose';
import { revealFormInput } from '@/lib/services/form/reveal';
import { sendFormInput } from '@/lib/services/form/send';
import { acceptInput } from '@/lib/services/handoff/accept';
import { cancelInput } from '@/lib/services/handoff/cancel';
import { chooseArticleInput } from '@/lib/services/handoff/choose-article';
import { claimInput } from '@/lib/services/handoff/claim';
import { declineInput } from '@/lib/services/handoff/decline';
import { followUpInput } from '@/lib/services/handoff/follow-up';
import { handBackInput } from '@/lib/services/handoff/hand-back';
import { prioritiseInput } from '@/lib/services/handoff/prioritise';
import { reassignInput } from '@/lib/services/handoff/reassign';
import { releaseInput } from '@/lib/services/handoff/release';
import { resolveInput } from '@/lib/services/handoff/resolve';
import { transferInput } from '@/lib/services/handoff/transfer';
import { withdrawTransferInput } from '@/lib/services/handoff/withdraw-transfer';
import { addNoteInput } from '@/lib/services/message/add-note';
import { sendAsAgentInput } from '@/lib/services/message/send-as-agent';
import { sendAsVisitorInput } from '@/lib/services/message/send-as-visitor';
import { ringInput } from '@/lib/services/routing/answer-ring';
import { decisionsInput } from '@/lib/services/routing/read-decisions';
import { resolvedInput, viewInput } from '@/lib/services/view/read';
import { PROTOCOL_VERSION } from '.';

/** The wire as it was when PROTOCOL_VERSION was last raised. */
const LOCK = { version: 1, hash: 'cCDv62vwcnlIn11IftpZgQ3HHhy83KW_pF2AYLDlPOE' };

const INPUTS: Record<string, z.ZodType> = {
  acceptInput,
  addNoteInput,
  beforeInput,
  bookInput,
  cancelCallbackInput,
  cancelInput,
  chooseArticleInput,
  chooseFormInput,
  claimInput,
  decisionsInput,
  declineInput,
  followUpInput,
  handBackInput,
  markInput,
  openInput,
  ownSlotsInput,
  participateInput,
  prioritiseInput,
  proposeInput,
  reassignInput,
  readAsAgentInput,
  readAsVisitorInput,
  readCallbackInput,
  releaseInput,
  resolveInput,
  resolvedInput,
  revealFormInput,
  ringInput,
  scheduleInput,
  sendAsAgentInput,
  sendAsVisitorInput,
  sendFormInput,
  setStatusInput,
  sinceInput,
  takeUpInput,
  takeoverInput,
  transferInput,
  withdrawTransferInput,
  viewInput,
};
/** Asked for over HTTP by pages of the same build. */
const NOT_ON_THE_WIRE = [
  'addExamplesInput',
  'allowSiteInput',
  'archiveArticleInput',
  'changeArticleInput',
  'changeBotThresholdsInput',
  'changeFormInput',
  'changeCallbacksInput',
  'changeHoursInput',
  'changeLookupInput',
  'changeModelInput',
  'changePriorityPolicyInput',
  'changeQueueInput',
  'changeRoutingInput',
  'changeRulesInput',
  'changeSlaPolicyInput',
  'changeToolsInput',
  'chooseCalendarInput',
  'connectDavInput',
  'connectFeedInput',
  'createArticleInput',
  'discardMailInput',
  'disconnectCalendarInput',
  'dismissInput',
  'importArticlesInput',
  'findDavInput',
  'formSecretInput',
  'inviteInput',
  'joinInput',
  'listArticlesInput',
  'listInput',
  'mayApproachInput',
  'openFormFileInput',
  'previewCallbacksInput',
  'previewHoursInput',
  'readCalendarNowInput',
  'readMailsInput',
  'readVersionInput',
  'reportInput',
  'retryMailInput',
  'setCapacityInput',
  'setSkillsInput',
  'tryQuestionInput',
  'tryLookupInput',
];
/** Whose types travel as they are. */
const DOMAIN = [
  'sla-policy',
  'sla-view',
  'routable-agent',
  'routing-rank',
  'routing-settings',
  'actor',
  'conversation',
  'errors',
  'handoff',
  'judgement',
  'presence',
  'shown-wait',
  'signal',
];

describe('the wire', () => {
  it('is the one its version names', () => {
    const changed = `The wire has changed: raise PROTOCOL_VERSION in lib/protocol/version.ts, so that open pages reload, and pin { version: ${PROTOCOL_VERSION + 1}, hash: '${wireHash()}' } here.`;
    expect(LOCK.version, changed).toBe(PROTOCOL_VERSION);
    expect(wireHash(), changed).toBe(LOCK.hash);
  });

  it('is hashed with the input of every verb', () => {
    const exported = readdirSync('lib/services', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) =>
        [...readFileSync(`lib/services/${file}`, 'utf8').matchAll(/export const (\w+Input) = z/g)].map(
          (match) => match[1] ?? '',
        ),
      );
    expect([...Object.keys(INPUTS), ...NOT_ON_THE_WIRE].sort()).toEqual(exported.sort());
  });

  it('sees a changed type and a changed rule, and neither comments nor layout nor functions', () => {
    const before = 'export interface Sent {\n  seq: number;\n}\n';
    expect(typesOf(`/** Where it landed. */\n${before}`)).toBe(typesOf(before));
    expect(typesOf(before.replace('seq: number;', 'seq:\n    number;'))).toBe(typesOf(before));
    expect(typesOf(`${before}\nexport function isSent() {\n  return true;\n}\n`)).toBe(typesOf(before));
    expect(typesOf(before.replace('number', 'string'))).not.toBe(typesOf(before));
    const below = 'export interface Sent {\n  seq: number;\n  /** When. */\n  at: number;\n}\n';
    expect(typesOf(below)).toBe(typesOf(below.replace('  /** When. */\n', '')));
    expect(typesOf(below.replace('at: number', 'at: string'))).not.toBe(typesOf(below));
    expect(schemaText(z.strictObject({ body: z.string().max(4000) }))).not.toBe(
      schemaText(z.strictObject({ body: z.string().max(4001) })),
    );
  });
});

function wireHash(): string {
  const protocol = readdirSync('lib/protocol')
    .filter((file) => !file.endsWith('.test.ts') && file !== 'version.ts')
    .sort()
    .map((file) => typesOf(readFileSync(`lib/protocol/${file}`, 'utf8')));
  const domain = DOMAIN.map((name) => typesOf(readFileSync(`lib/domain/${name}.ts`, 'utf8')));
  const inputs = Object.entries(INPUTS).map(([name, schema]) => `${name} ${schemaText(schema)}`);
  return createHash('sha256')
    .update([...protocol, ...domain, ...inputs].join('\n'))
    .digest('base64url');
}

function schemaText(schema: z.ZodType): string {
  return JSON.stringify(z.toJSONSchema(schema, { io: 'input' }));
}

/** The declarations of a source that have no body: a blank line ends one, and a comment is none. */
function typesOf(source: string): string {
  return source
    .replace(/^[ \t]*\/\*[\s\S]*?\*\/[ \t]*\n/gm, '')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .split(/\n\s*\n/)
    .filter((block) => /^\s*export (interface|type|const|\*)/.test(block))
    .join('')
    .replace(/\s+/g, '');
}
