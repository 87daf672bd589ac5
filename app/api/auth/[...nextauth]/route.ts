import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/options';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

const handler = async (request: NextRequest, route: RouteContext): Promise<Response> =>
  NextAuth(request, route, authOptions());

export { handler as GET, handler as POST };
