namespace DetectorDsl.Annotations;

/// <summary>A box as annotation and result files state it, in pixels.</summary>
/// <param name="X">Left side.</param>
/// <param name="Y">Upper side.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>Width times height.</summary>
    public double Area => Width * Height;
}
