using System.Globalization;
using System.Text.RegularExpressions;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using TorchSharp;
using Xunit;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights;

/// <summary>
/// Damaged weights files of every format: flipped bytes, cut ends, pieces of one file in another, numbers at their limits. Each is read or refused with
/// a message that names the file and the remedy, and nothing takes memory that the file's size does not justify. The variable
/// DETECTORDSL_FUZZ_CASES sets the number of cases of each format.
/// </summary>
public sealed class WeightsFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int UsualCases = 600;

    private static readonly Regex Remedy = new("again|anew|Check |Name |Save |name a file|It is not", RegexOptions.CultureInvariant);

    private readonly TemporaryFolder folder = new();

    private static readonly string[] Names = ["checkpoint.pth", "parallel.pt", "legacy.pth", "arrays3.pkl", "arrays4.pkl", "safetensors"];

    public static TheoryData<string> Formats => [.. Names];

    private static int Cases =>
        Environment.GetEnvironmentVariable("DETECTORDSL_FUZZ_CASES") is { Length: > 0 } count
            ? int.Parse(count, CultureInfo.InvariantCulture)
            : UsualCases;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void DamagedFiles_AreReadOrRefused(string format)
    {
        var (whole, others) = (Sample(format), Names.Select(Sample).ToArray());
        var random = new Random(format.Length * 7919);
        var path = folder.File("damaged.weights");
        var (read, refused, largest) = (0, 0, 0L);

        // What is made once in a process is not a file's.
        File.WriteAllBytes(path, whole);
        ReadAll(path, whole.Length);
        for (var number = 0; number < Cases; number++)
        {
            var damaged = Damage(whole, others, random);
            File.WriteAllBytes(path, damaged);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ReadAll(path, damaged.Length);
                read++;
            }
            catch (WeightsException exception)
            {
                Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
                Assert.Matches(Remedy, exception.Message);
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"{format}, case {number}, {Convert.ToHexString(damaged)}: {exception}");
            }

            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine($"{format}: {Cases} cases, {refused} refused, {read} read, at most {largest} managed bytes for one");
        Assert.True(refused > 0 && read > 0, $"{refused} refused, {read} read");
        Assert.InRange(largest, 0, 1 << 20);
    }

    private static void ReadAll(string path, int length)
    {
        var (file, bytes) = (WeightsFile.Open(path), 0L);
        foreach (var name in file.TensorNames)
        {
            var (type, shape) = file.Describe(name);
            bytes += shape.Aggregate((long)type.ElementSize(), (product, side) => product * side);
        }

        Assert.InRange(bytes, 0, Math.Max(1 << 16, 16L * length));
        foreach (var name in file.TensorNames)
        {
            file.Read(name).Dispose();
        }
    }

    private static byte[] Damage(byte[] whole, byte[][] others, Random random)
    {
        var bytes = (byte[])whole.Clone();
        for (var change = 1 + random.Next(3); change > 0 && bytes.Length > 0; change--)
        {
            var (at, other) = (random.Next(bytes.Length), others[random.Next(others.Length)]);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. Piece(other, random), .. bytes[at..]];
                    break;
                case 4:
                    bytes = [.. bytes[..at], .. Piece(bytes, random), .. bytes[Math.Min(bytes.Length, at + random.Next(40))..]];
                    break;
                case 5:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + random.Next(16))..]];
                    break;
                default:
                    BitConverter
                        .GetBytes(
                            random.Next(4) switch
                            {
                                0 => -1L,
                                1 => long.MaxValue,
                                2 => int.MaxValue,
                                _ => 1L << random.Next(63),
                            }
                        )
                        .AsSpan(0, Math.Min(8, bytes.Length - at))
                        .CopyTo(bytes.AsSpan(at));
                    break;
            }
        }

        return bytes;
    }

    private static byte[] Piece(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        return bytes[start..Math.Min(bytes.Length, start + 1 + random.Next(60))];
    }

    private static byte[] Sample(string format) =>
        format == "safetensors"
            ? SafetensorsText.Of(
                """{"__metadata__":{"step":"3"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b.bias":{"dtype":"I64","shape":[1],"data_offsets":[24,32]}} """,
                32
            )
            : File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Weights", "PyTorch", "Fixtures", format));
}
