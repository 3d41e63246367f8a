namespace DetectorDsl;

/// <summary>
/// States that what each of a classification loss's logits means depends on this property. The passes of a cascade, whose logits are averaged, must then agree in it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ArrangesLogitsAttribute : Attribute;
