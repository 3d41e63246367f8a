namespace DetectorDsl.Fuzzing;

/// <summary>Damages bytes at random, in the same way for the same seed.</summary>
/// <param name="seed">The case's number.</param>
internal sealed class Damage(int seed)
{
    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u00",
        "-",
        "0",
        "1e",
        "1e999",
        "-0.0",
        "99999999999999999999",
        "2147483648",
        ".",
        "null",
        "true",
        "NaN",
        " ",
        "\n",
        "\0",
        "\u00ff",
        "[[[[",
        "{\"id\":",
    ];

    private readonly Random random = new(seed);

    /// <summary>Number of cases wanted: the environment variable DETECTORDSL_FUZZ_CASES, else a few thousand.</summary>
    public static int Cases => int.TryParse(Environment.GetEnvironmentVariable("DETECTORDSL_FUZZ_CASES"), out var cases) ? cases : 3_000;

    /// <summary>A damaged copy: one to four bytes changed, pieces put in, taken out, repeated or cut off.</summary>
    public byte[] Of(byte[] bytes)
    {
        var damaged = new List<byte>(bytes);
        for (var times = random.Next(1, 5); times > 0 && damaged.Count > 0; times--)
        {
            var place = random.Next(damaged.Count);
            switch (random.Next(6))
            {
                case 0:
                    damaged[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[place] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.InsertRange(place, System.Text.Encoding.Latin1.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 3:
                    damaged.RemoveRange(place, random.Next(Math.Min(20, damaged.Count - place)) + 1);
                    break;
                case 4:
                    damaged.InsertRange(place, damaged.GetRange(place, random.Next(Math.Min(60, damaged.Count - place)) + 1));
                    break;
                default:
                    if (random.Next(4) == 0)
                    {
                        damaged.RemoveRange(place, damaged.Count - place);
                    }

                    break;
            }
        }

        return [.. damaged];
    }

    /// <summary>A number of a size to read by.</summary>
    public int Next(int most) => random.Next(most);
}
