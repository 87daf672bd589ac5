import { Worker } from 'node:worker_threads';

/** Answers by the number of their questions. */
interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

/**
 * A worker thread that answers one message with another. It is started by the first question, and again by the next
 * one after it died; whoever waited for it then is told.
 */
export class Thread {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #asked = 0;

  constructor(file: string) {
    this.#file = file;
  }

  ask<Answer>(job: object): Promise<Answer> {
    this.#asked += 1;
    const id = this.#asked;
    const worker = this.#worker ?? this.#start();
    // Alone it keeps no process alive; somebody who waits for it does.
    worker.ref();
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, job });
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#end(new Error('The thread was closed.'));
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#file);
    worker.on('message', ({ id, answer, error }: { id: number; answer: never; error?: string }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(error));
      if (this.#waiting.size === 0) worker.unref();
    });
    worker.on('error', (error) =>
      this.#end(error instanceof Error ? error : new Error(String(error)), worker),
    );
    worker.on('exit', (code) => this.#end(new Error(`The thread ended with code ${code}.`), worker));
    this.#worker = worker;
    return worker;
  }

  #end(error: Error, worker: Worker | null = this.#worker): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of left) waiting.reject(error);
  }
}
