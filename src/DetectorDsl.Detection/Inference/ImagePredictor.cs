using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Structures;
using SkiaSharp;

namespace DetectorDsl.Detection.Inference;

/// <summary>
/// Finds objects in single images. May be called from several threads at once: decoding and resizing run side by side, the detector itself
/// works on one image at a time with all cores.
/// </summary>
public sealed class ImagePredictor : IDisposable
{
    private readonly IImageDetector detector;
    private readonly ImagePreparation preparation;
    private readonly BatchPixels pixels;
    private readonly SemaphoreSlim gate = new(1, 1);
    private bool disposed;

    /// <summary>Takes over a detector.</summary>
    /// <param name="detector">The detector; disposed with the predictor.</param>
    public ImagePredictor(IImageDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        this.detector = detector;
        preparation = detector.Preparation;
        pixels = preparation.Pixels();
    }

    /// <summary>Finds the objects of an image file.</summary>
    /// <param name="path">JPEG, PNG, WebP or another format that Skia reads; turned upright by its EXIF mark.</param>
    /// <param name="cancellation">Ends the wait for the detector.</param>
    /// <returns>The detections, best first, in pixels of the upright image.</returns>
    /// <exception cref="ImageException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the detector had begun.</exception>
    /// <exception cref="ObjectDisposedException">The predictor has been disposed.</exception>
    public ImageDetections Predict(string path, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Predict(ImageDecoder.Read(path), cancellation);
    }

    /// <summary>Finds the objects of an encoded image.</summary>
    /// <param name="stream">The encoded image, from its current position; stays the caller's.</param>
    /// <param name="cancellation">Ends the wait for the detector.</param>
    /// <returns>The detections, best first, in pixels of the upright image.</returns>
    /// <exception cref="ImageException">The content cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the detector had begun.</exception>
    /// <exception cref="ObjectDisposedException">The predictor has been disposed.</exception>
    public ImageDetections Predict(Stream stream, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        cancellation.ThrowIfCancellationRequested();
        return Predict(ImageDecoder.Read(stream), cancellation);
    }

    /// <summary>Finds the objects of a bitmap.</summary>
    /// <param name="bitmap">The bitmap, of any colour type; stays the caller's.</param>
    /// <param name="cancellation">Ends the wait for the detector.</param>
    /// <returns>The detections, best first, in pixels of the bitmap.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the detector had begun.</exception>
    /// <exception cref="ObjectDisposedException">The predictor has been disposed.</exception>
    public ImageDetections Predict(SKBitmap bitmap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        cancellation.ThrowIfCancellationRequested();
        return Predict(ImageDecoder.FromBitmap(bitmap), cancellation);
    }

    /// <summary>Finds the objects of an image in memory.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellation">Ends the wait for the detector.</param>
    /// <returns>The detections, best first, in pixels of the image.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the detector had begun.</exception>
    /// <exception cref="ObjectDisposedException">The predictor has been disposed.</exception>
    public ImageDetections Predict(RgbImage image, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ObjectDisposedException.ThrowIf(disposed, this);
        using var prepared = PreparedImages.From(preparation, pixels, [(0, image)], detector.Copies);
        gate.Wait(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return prepared.Detect(detector)[0];
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Waits for the prediction under way, then frees the detector. Later calls throw.</summary>
    public void Dispose()
    {
        // The gate itself stays usable: another thread may still be waiting for it, to be told that the predictor is gone.
        gate.Wait();
        try
        {
            if (!disposed)
            {
                disposed = true;
                detector.Dispose();
            }
        }
        finally
        {
            gate.Release();
        }
    }
}
