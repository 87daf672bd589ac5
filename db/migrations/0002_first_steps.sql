ALTER TABLE "users" ADD COLUMN "first_steps_dismissed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "widgets" ADD COLUMN "seen_on" text;--> statement-breakpoint
ALTER TABLE "widgets" ADD COLUMN "seen_on_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "events_claimed_at" ON "events" USING btree ("at") WHERE kind = 'handoff.claimed';