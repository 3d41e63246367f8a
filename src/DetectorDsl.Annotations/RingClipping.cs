namespace DetectorDsl.Annotations;

/// <summary>Cuts closed rings by rectangles, exactly.</summary>
/// <remarks>
/// One border after the other, as Sutherland and Hodgman (1974) do. Theirs joins all that is left of a ring by edges back and forth along the
/// border, which add no area but stretch its bounds; here crossings are sorted along the border and joined two by two, so that each part becomes
/// a ring of its own.
/// </remarks>
internal static class RingClipping
{
    private const double NoArea = 1e-9;

    // Each edge is compared with each other one; outlines of tools have hundreds of points.
    private const int MostCompared = 4096;

    /// <summary>The parts of a ring within a rectangle.</summary>
    /// <param name="ring">x0, y0, x1, y1 ...</param>
    /// <param name="window">The rectangle.</param>
    /// <returns>The parts, each with an area; none where nothing is left.</returns>
    public static IReadOnlyList<double[]> Clip(double[] ring, PixelWindow window)
    {
        IEnumerable<double[]> parts = [ring];
        parts = parts.SelectMany(part => Clip(part, 0, window.X, keepsAbove: true));
        parts = parts.SelectMany(part => Clip(part, 0, window.X + window.Width, keepsAbove: false));
        parts = parts.SelectMany(part => Clip(part, 1, window.Y, keepsAbove: true));
        parts = parts.SelectMany(part => Clip(part, 1, window.Y + window.Height, keepsAbove: false));
        return [.. parts.Where(part => Math.Abs(SignedArea(part)) > NoArea || MeetsItself(part))];
    }

    /// <summary>Area by the shoelace formula, above 0 where the ring runs clockwise on the screen.</summary>
    public static double SignedArea(ReadOnlySpan<double> ring)
    {
        var twice = 0.0;
        for (int i = 0, last = ring.Length - 2; i < ring.Length; last = i, i += 2)
        {
            twice += ((ring[last] - ring[0]) * (ring[i + 1] - ring[1])) - ((ring[i] - ring[0]) * (ring[last + 1] - ring[1]));
        }

        return twice / 2;
    }

    /// <summary>Whether two edges of a ring that are no neighbours have a point in common; a ring of more edges than can be compared is taken for such.</summary>
    public static bool MeetsItself(double[] ring)
    {
        var count = ring.Length / 2;
        if (count > MostCompared)
        {
            return true;
        }

        for (var first = 0; first < count; first++)
        {
            // The last edge is a neighbour of the first.
            for (var second = first + 2; second < count - (first == 0 ? 1 : 0); second++)
            {
                if (Overlap(first, second, 0) && Overlap(first, second, 1) && Parts(first, second) && Parts(second, first))
                {
                    return true;
                }
            }
        }

        return false;

        bool Overlap(int edge, int other, int axis)
        {
            var (a, b, c, d) = (At(edge, axis), At(edge + 1, axis), At(other, axis), At(other + 1, axis));
            return Math.Max(Math.Min(a, b), Math.Min(c, d)) <= Math.Min(Math.Max(a, b), Math.Max(c, d));
        }

        bool Parts(int edge, int other) => Side(edge, other) * Side(edge, other + 1) <= 0;

        int Side(int edge, int point) =>
            Math.Sign(
                ((At(edge + 1, 0) - At(edge, 0)) * (At(point, 1) - At(edge, 1)))
                    - ((At(edge + 1, 1) - At(edge, 1)) * (At(point, 0) - At(edge, 0)))
            );

        double At(int point, int axis) => ring[(2 * (point % count)) + axis];
    }

    /// <summary>The parts of a ring on one side of the line on which a coordinate has a value. Points on the line count as beyond it.</summary>
    private static IEnumerable<double[]> Clip(double[] ring, int axis, double bound, bool keepsAbove)
    {
        var count = ring.Length / 2;
        var beyond = Enumerable.Range(0, count).FirstOrDefault(point => !IsInside(point), -1);
        if (beyond < 0)
        {
            return [ring];
        }

        // What is inside, in pieces that begin and end on the line.
        var pieces = new List<List<double>>();
        for (var (step, last) = (1, beyond); step <= count; step++)
        {
            var point = (beyond + step) % count;
            if (IsInside(point) != IsInside(last))
            {
                if (IsInside(point))
                {
                    pieces.Add([]);
                }

                AddCrossing(pieces[^1], last, point);
            }

            if (IsInside(point))
            {
                pieces[^1].AddRange([ring[2 * point], ring[(2 * point) + 1]]);
            }

            last = point;
        }

        return Join(pieces, 1 - axis);

        bool IsInside(int point) => keepsAbove ? ring[(2 * point) + axis] > bound : ring[(2 * point) + axis] < bound;

        void AddCrossing(List<double> piece, int from, int to)
        {
            // From the point inside outwards, so that an edge is cut at the same place in whichever direction it runs.
            var (a, b) = IsInside(from) ? (2 * from, 2 * to) : (2 * to, 2 * from);
            var share = (ring[a + axis] - bound) / (ring[a + axis] - ring[b + axis]);
            var along = ring[a + 1 - axis] + (share * (ring[b + 1 - axis] - ring[a + 1 - axis]));
            piece.AddRange(axis == 0 ? [bound, along] : [along, bound]);
        }
    }

    // The inside of a ring meets the line between the first and the second crossing, the third and the fourth, and so on.
    private static IEnumerable<double[]> Join(List<List<double>> pieces, int along)
    {
        // End 2k is where piece k begins, end 2k + 1 where it stops.
        var ends = Enumerable.Range(0, 2 * pieces.Count).OrderBy(Place).ToArray();
        var partner = new int[ends.Length];
        for (var i = 0; i < ends.Length; i += 2)
        {
            PreferOpposite(i);
            (partner[ends[i]], partner[ends[i + 1]]) = (ends[i + 1], ends[i]);
        }

        var used = new bool[pieces.Count];
        for (var first = 0; first < pieces.Count; first++)
        {
            var ring = new List<double>();
            for (var end = 2 * first; !used[end / 2]; end = partner[end ^ 1])
            {
                used[end / 2] = true;
                Append(ring, pieces[end / 2], backwards: end % 2 == 1);
            }

            if (ring.Count > 0)
            {
                var closes = ring[0] == ring[^2] && ring[1] == ring[^1];
                yield return [.. closes ? ring.SkipLast(2) : ring];
            }
        }

        double Place(int end) => end % 2 == 0 ? pieces[end / 2][along] : pieces[end / 2][^(2 - along)];

        // Of crossings in one place, one in the other direction: a ring that does not cross itself then keeps its sense of rotation.
        void PreferOpposite(int i)
        {
            for (var other = i + 1; other < ends.Length && Place(ends[other]) == Place(ends[i + 1]); other++)
            {
                if ((ends[other] ^ ends[i]) % 2 == 1)
                {
                    (ends[i + 1], ends[other]) = (ends[other], ends[i + 1]);
                    return;
                }
            }
        }
    }

    private static void Append(List<double> ring, List<double> piece, bool backwards)
    {
        for (var i = 0; i < piece.Count; i += 2)
        {
            var at = backwards ? piece.Count - 2 - i : i;
            if (ring.Count == 0 || ring[^2] != piece[at] || ring[^1] != piece[at + 1])
            {
                ring.AddRange([piece[at], piece[at + 1]]);
            }
        }
    }
}
