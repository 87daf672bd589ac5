import { customType, timestamp } from 'drizzle-orm/pg-core';

/** Instants are kept to the millisecond, the precision of `ctx.now()`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });
