namespace DetectorDsl.Generators.Rendering;

/// <summary>Finds brackets and what lies between them in a line of generated code, past its texts.</summary>
internal static class CodeBrackets
{
    /// <summary>A pair of brackets: places of the opening and the closing one, the items between them.</summary>
    public sealed record Group(int Start, int End, IReadOnlyList<string> Items, bool IsList)
    {
        public int Length => End - Start;
    }

    /// <summary>The first place outside all brackets and texts where a piece stands; -1 where it does not.</summary>
    public static int Find(string line, string piece, int start)
    {
        var depth = 0;
        for (var i = start; i < line.Length; i = Next(line, i))
        {
            if (depth == 0 && string.CompareOrdinal(line, i, piece, 0, piece.Length) == 0)
            {
                return i;
            }
            depth += Change(line, i);
        }

        return -1;
    }

    /// <summary>The widest pair of brackets that lies within no other; null where there is none with anything in it.</summary>
    public static Group? Widest(string line)
    {
        Group? widest = null;
        for (var i = 0; i < line.Length; i = Next(line, i))
        {
            if (Change(line, i) > 0 && Read(line, i) is { } group)
            {
                if (line[i] != '<' && group.Items.Count > 0 && group.Length > (widest?.Length ?? 0))
                {
                    widest = group;
                }
                i = group.End;
            }
        }

        return widest;
    }

    private static Group? Read(string line, int start)
    {
        var items = new List<string>();
        var (depth, from) = (0, start + 1);
        for (var i = start; i < line.Length; i = Next(line, i))
        {
            depth += Change(line, i);
            if (depth == 0)
            {
                Take(i);
                return new Group(start, i, items, line[start] == '[');
            }

            if (depth == 1 && line[i] == ',')
            {
                Take(i);
                from = i + 1;
            }
        }

        return null;

        void Take(int to)
        {
            var item = line.Substring(from, to - from).Trim();
            if (item.Length > 0)
            {
                items.Add(item);
            }
        }
    }

    /// <summary>The next character, or what follows a text.</summary>
    private static int Next(string line, int index)
    {
        if (line[index] is not ('"' or '\''))
        {
            return index + 1;
        }
        var end = index + 1;
        while (end < line.Length && line[end] != line[index])
        {
            end += line[end] == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    /// <summary>1 for an opening bracket, -1 for a closing one. Angle brackets count where they touch a name, and no arrow's.</summary>
    private static int Change(string line, int index) =>
        line[index] switch
        {
            '(' or '[' => 1,
            ')' or ']' => -1,
            '<' => index > 0 && (char.IsLetterOrDigit(line[index - 1]) || line[index - 1] == '_') ? 1 : 0,
            '>' => index > 0 && line[index - 1] is not ('=' or ' ') ? -1 : 0,
            _ => 0,
        };
}
