using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DetectorDsl.Torch.Operators;

/// <summary>
/// Samples of a deformable convolution, over maps whose channels lie side by side. Work is split over places (samples, gradients of places) and over
/// images' channels (gradient of the map): no two threads write the same place, and sums are always formed in the same order.
/// </summary>
/// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
/// <param name="geometry">Sizes and steps.</param>
/// <param name="input">N x H x W x C.</param>
/// <param name="offset">N x H' x W' x (offset groups x taps x 2).</param>
/// <param name="mask">N x H' x W' x (offset groups x taps); null for 1.</param>
internal sealed unsafe class DeformableKernel<T>(DeformableGeometry geometry, T* input, T* offset, T* mask)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Channels of a thread in the map's gradient: enough to be worth finding the places again.
    private const int ChannelBlock = 32;

    private readonly nint inputAddress = (nint)input;
    private readonly nint offsetAddress = (nint)offset;
    private readonly nint maskAddress = (nint)mask;

    // Pixels from an output's corner to each tap.
    private readonly int[] tapRows = [.. Enumerable.Range(0, geometry.Taps).Select(tap => tap / geometry.KernelWidth * geometry.Dilation)];
    private readonly int[] tapColumns =
    [
        .. Enumerable.Range(0, geometry.Taps).Select(tap => tap % geometry.KernelWidth * geometry.Dilation),
    ];

    // Stands in for pixels outside of the map.
    private readonly T[] nothing = GC.AllocateArray<T>(Math.Max(1, geometry.Channels), pinned: true);

    private T* Nothing => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(nothing));

    /// <summary>The samples of some places, times their factors.</summary>
    /// <param name="first">The first place, counted over all images.</param>
    /// <param name="count">B.</param>
    /// <param name="samples">Filled: B x taps x C.</param>
    public void Gather(int first, int count, T* samples)
    {
        var target = (nint)samples;
        Parallel.For(0, count, place =>
        {
            var from = PlaceOf(first + place);
            var next = (T*)target + ((long)place * geometry.Samples);
            for (var tap = 0; tap < geometry.Taps; tap++)
            {
                for (var set = 0; set < geometry.OffsetGroups; set++, next += geometry.ChannelsPerOffset)
                {
                    Mix(At(from, tap, set), set * geometry.ChannelsPerOffset, next);
                }
            }
        });
    }

    /// <summary>Derivatives by the shifts and factors of some places.</summary>
    /// <param name="first">The first place, counted over all images.</param>
    /// <param name="count">B.</param>
    /// <param name="gradients">Derivatives by the samples, B x taps x C.</param>
    /// <param name="offsetGradient">Filled for these places; of the offsets' layout.</param>
    /// <param name="maskGradient">Filled for these places; of the mask's layout; null where there is none.</param>
    public void PlaceGradients(int first, int count, T* gradients, T* offsetGradient, T* maskGradient)
    {
        var (source, offsets, masks) = ((nint)gradients, (nint)offsetGradient, (nint)maskGradient);
        Parallel.For(0, count, place =>
        {
            var from = PlaceOf(first + place);
            var next = (T*)source + ((long)place * geometry.Samples);
            for (var tap = 0; tap < geometry.Taps; tap++)
            {
                for (var set = 0; set < geometry.OffsetGroups; set++, next += geometry.ChannelsPerOffset)
                {
                    var at = Index(from, tap, set);
                    var sample = At(from, tap, set);
                    var (a, b, c, d) = Products(sample, set * geometry.ChannelsPerOffset, next);
                    var (top, left) = (T.One - sample.Down, T.One - sample.Right);
                    ((T*)offsets)[2 * at] = sample.Factor * ((left * (c - a)) + (sample.Right * (d - b)));
                    ((T*)offsets)[(2 * at) + 1] = sample.Factor * ((top * (b - a)) + (sample.Down * (d - c)));
                    if (masks != 0)
                    {
                        ((T*)masks)[at] = (top * ((left * a) + (sample.Right * b))) + (sample.Down * ((left * c) + (sample.Right * d)));
                    }
                }
            }
        });
    }

    /// <summary>Adds to the derivatives by the map.</summary>
    /// <param name="first">The first place, counted over all images.</param>
    /// <param name="count">B.</param>
    /// <param name="gradients">Derivatives by the samples, B x taps x C.</param>
    /// <param name="inputGradient">Added to: N x H x W x C.</param>
    public void Scatter(int first, int count, T* gradients, T* inputGradient)
    {
        var (source, target) = ((nint)gradients, (nint)inputGradient);
        var blocks = (geometry.ChannelsPerOffset + ChannelBlock - 1) / ChannelBlock;
        Parallel.For(0, geometry.OffsetGroups * blocks, part =>
        {
            var (set, start) = (part / blocks, part % blocks * ChannelBlock);
            var width = Math.Min(ChannelBlock, geometry.ChannelsPerOffset - start);
            var channel = (set * geometry.ChannelsPerOffset) + start;
            for (var place = 0; place < count; place++)
            {
                var from = PlaceOf(first + place);
                var next = (T*)source + ((long)place * geometry.Samples) + channel;
                for (var tap = 0; tap < geometry.Taps; tap++, next += geometry.Channels)
                {
                    var sample = At(from, tap, set);
                    var (top, left) = ((T.One - sample.Down) * sample.Factor, T.One - sample.Right);
                    var bottom = sample.Down * sample.Factor;
                    Add(target, sample.A, channel, top * left, next, width);
                    Add(target, sample.B, channel, top * sample.Right, next, width);
                    Add(target, sample.C, channel, bottom * left, next, width);
                    Add(target, sample.D, channel, bottom * sample.Right, next, width);
                }
            }
        });
    }

    private Place PlaceOf(int number)
    {
        var (image, within) = Math.DivRem(number, geometry.Places);
        var (row, column) = Math.DivRem(within, geometry.OutputWidth);
        return new Place(number, image, (row * geometry.Stride) - geometry.Padding, (column * geometry.Stride) - geometry.Padding);
    }

    private long Index(Place place, int tap, int set) => ((((long)place.Number * geometry.OffsetGroups) + set) * geometry.Taps) + tap;

    /// <summary>Where a tap samples the map: its four pixels, -1 for those outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Sample At(Place place, int tap, int set)
    {
        var at = Index(place, tap, set);
        var y = T.CreateTruncating(place.Row + tapRows[tap]) + ((T*)offsetAddress)[2 * at];
        var x = T.CreateTruncating(place.Column + tapColumns[tap]) + ((T*)offsetAddress)[(2 * at) + 1];
        var factor = maskAddress == 0 ? T.One : ((T*)maskAddress)[at];
        var (floorY, floorX) = (T.Floor(y), T.Floor(x));
        if (
            !(
                floorY >= -T.One
                && floorX >= -T.One
                && floorY < T.CreateTruncating(geometry.Height)
                && floorX < T.CreateTruncating(geometry.Width)
            )
        )
        {
            // A place that is not a number leaves its mark; one far outside does not.
            return new Sample(-1, -1, -1, -1, T.Zero, T.Zero, T.IsNaN(y) || T.IsNaN(x) ? T.NaN : factor);
        }

        var (top, left) = (int.CreateTruncating(floorY), int.CreateTruncating(floorX));
        var corner = (((long)place.Image * geometry.Height) + top) * geometry.Width + left;
        var (hasTop, hasBottom, hasLeft, hasRight) = (top >= 0, top + 1 < geometry.Height, left >= 0, left + 1 < geometry.Width);
        return new Sample(
            hasTop && hasLeft ? corner : -1,
            hasTop && hasRight ? corner + 1 : -1,
            hasBottom && hasLeft ? corner + geometry.Width : -1,
            hasBottom && hasRight ? corner + geometry.Width + 1 : -1,
            y - floorY,
            x - floorX,
            factor
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* Pixel(long pixel, int channel) => pixel < 0 ? Nothing : (T*)inputAddress + (pixel * geometry.Channels) + channel;

    private void Mix(Sample sample, int channel, T* target)
    {
        T* a = Pixel(sample.A, channel),
            b = Pixel(sample.B, channel),
            c = Pixel(sample.C, channel),
            d = Pixel(sample.D, channel);
        var (top, left) = ((T.One - sample.Down) * sample.Factor, T.One - sample.Right);
        var bottom = sample.Down * sample.Factor;
        var (ofA, ofB, ofC, ofD) = (top * left, top * sample.Right, bottom * left, bottom * sample.Right);
        var (vectorA, vectorB, vectorC, vectorD) = (new Vector<T>(ofA), new Vector<T>(ofB), new Vector<T>(ofC), new Vector<T>(ofD));
        var i = 0;
        for (; i <= geometry.ChannelsPerOffset - Vector<T>.Count; i += Vector<T>.Count)
        {
            var sum =
                (vectorA * Vector.Load(a + i))
                + (vectorB * Vector.Load(b + i))
                + (vectorC * Vector.Load(c + i))
                + (vectorD * Vector.Load(d + i));
            Vector.Store(sum, target + i);
        }

        for (; i < geometry.ChannelsPerOffset; i++)
        {
            target[i] = (ofA * a[i]) + (ofB * b[i]) + (ofC * c[i]) + (ofD * d[i]);
        }
    }

    /// <summary>Inner products of the samples' derivatives with each of the four pixels.</summary>
    private (T A, T B, T C, T D) Products(Sample sample, int channel, T* gradients)
    {
        T* a = Pixel(sample.A, channel),
            b = Pixel(sample.B, channel),
            c = Pixel(sample.C, channel),
            d = Pixel(sample.D, channel);
        var (sumA, sumB, sumC, sumD) = (Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero);
        var i = 0;
        for (; i <= geometry.ChannelsPerOffset - Vector<T>.Count; i += Vector<T>.Count)
        {
            var gradient = Vector.Load(gradients + i);
            sumA += gradient * Vector.Load(a + i);
            sumB += gradient * Vector.Load(b + i);
            sumC += gradient * Vector.Load(c + i);
            sumD += gradient * Vector.Load(d + i);
        }

        var (ofA, ofB, ofC, ofD) = (Vector.Sum(sumA), Vector.Sum(sumB), Vector.Sum(sumC), Vector.Sum(sumD));
        for (; i < geometry.ChannelsPerOffset; i++)
        {
            ofA += gradients[i] * a[i];
            ofB += gradients[i] * b[i];
            ofC += gradients[i] * c[i];
            ofD += gradients[i] * d[i];
        }

        return (ofA, ofB, ofC, ofD);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(nint target, long pixel, int channel, T weight, T* source, int length)
    {
        if (pixel < 0)
        {
            return;
        }

        var sums = (T*)target + (pixel * geometry.Channels) + channel;
        var factor = new Vector<T>(weight);
        var i = 0;
        for (; i <= length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector.Store(Vector.Load(sums + i) + (factor * Vector.Load(source + i)), sums + i);
        }

        for (; i < length; i++)
        {
            sums[i] += weight * source[i];
        }
    }

    /// <summary>An output: its number over all images, its image, and the pixel of its first tap.</summary>
    private readonly record struct Place(int Number, int Image, int Row, int Column);

    /// <summary>One sample: upper left, upper right, lower left and lower right pixel, how far down and right of the first, and its factor.</summary>
    private readonly record struct Sample(long A, long B, long C, long D, T Down, T Right, T Factor);
}
