using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DetectorDsl.Annotations.Tests.Masks;

/// <summary>Packing loses nothing.</summary>
public class PackedRingsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 1)]
    [InlineData(100, 2)]
    [InlineData(1000, 3)]
    [InlineData(10000, 4)]
    [InlineData(3, 255)]
    public void Rings_ComeBackToTheBit(int divisor, int form)
    {
        var random = new Random(divisor);
        ImmutableArray<ImmutableArray<double>> rings =
        [
            .. Enumerable
                .Range(3, 4)
                .Select(points =>
                    Enumerable.Range(0, 2 * points).Select(_ => (double)random.Next(-50_000_000, 50_000_000) / divisor).ToImmutableArray()
                ),
            [1.0 / divisor, 2, 3, 4, 5, 6],
        ];

        var packed = PackedRings.Pack(rings);

        Assert.Equal(form, packed[0]);
        Assert.Equal(rings.SelectMany(ring => ring), PackedRings.Unpack(packed).SelectMany(ring => ring));
        Assert.Equal(rings.Select(ring => ring.Length), PackedRings.Unpack(packed).Select(ring => ring.Length));
    }

    [Fact]
    public void AnOutlineWithTwoDecimals_TakesAThirdOfItsNumbers()
    {
        ImmutableArray<double> ring =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(place => Math.Round(300 + ((place % 2 == 0 ? Math.Cos(place / 32.0) : Math.Sin(place / 32.0)) * 90), 2)),
        ];
        Assert.InRange(PackedRings.Pack([ring]).Length, 200, 200 * sizeof(double) / 3);
    }

    [Fact]
    public void NumbersThatNoScaleHolds_StayAsTheyAre()
    {
        ImmutableArray<double> ring = [double.MaxValue, double.Epsilon, -1e300, 3e9, 0.1, 1e-7];
        Assert.Equal(ring.AsEnumerable(), PackedRings.Unpack(PackedRings.Pack([ring]))[0].AsEnumerable());
    }

    [Fact]
    public void EqualRings_AreEqual_HoweverTheyAreKept()
    {
        ImmutableArray<ImmutableArray<double>> rings =
        [
            [1.25, 2, 3, 4, 5, 6.5],
        ];
        var (kept, packed) = (new PolygonSegmentation(rings), new PolygonSegmentation(PackedRings.Pack(rings)));

        Assert.Equal(kept, packed);
        Assert.Equal(kept.GetHashCode(), packed.GetHashCode());
        Assert.NotEqual(
            packed,
            new PolygonSegmentation([
                [1.25, 2, 3, 4, 5, 6.25],
            ])
        );
    }

    [Fact]
    public void ShortDecimals_AreReadAsTheNearestNumber()
    {
        var random = new Random(5);
        for (var round = 0; round < 100_000; round++)
        {
            var text = ((decimal)random.NextInt64(-999_999_999_999, 999_999_999_999) / (decimal)Math.Pow(10, random.Next(0, 13))).ToString(
                CultureInfo.InvariantCulture
            );
            if (DecimalText.TryRead(Encoding.ASCII.GetBytes(text), out var number))
            {
                Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), number);
            }
        }

        Assert.True(DecimalText.TryRead("-0.5"u8, out var half));
        Assert.Equal(-0.5, half);
        Assert.False(DecimalText.TryRead("1e5"u8, out _));
        Assert.False(DecimalText.TryRead("1234567890123456"u8, out _));
        Assert.False(DecimalText.TryRead("0.1234567890123456"u8, out _));
    }
}
