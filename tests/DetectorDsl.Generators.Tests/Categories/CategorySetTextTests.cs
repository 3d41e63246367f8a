using DetectorDsl.Generators.Categories;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class CategorySetTextTests
{
    [Fact]
    public void WhatIsWritten_IsReadBack()
    {
        EquatableArray<CategorySpec> categories =
        [
            new(0, "plain", "Plain", "Unknown", -1, -1),
            new(7, "tab\tline\nback\\n\\", "X_7", "Rare", 1, 2),
            new(8, "", "Category_8", "Frequent", int.MaxValue, 0),
        ];
        Assert.Equal(categories, CategorySetText.Read(CategorySetText.Write(categories)));
    }

    // Published texts outlive the generator that wrote them: this one must stay readable.
    [Fact]
    public void FormatOne_IsRead() =>
        Assert.Equal(
            [new CategorySpec(3, "a\\b\nc", "ABC", "Common", 12, 34)],
            CategorySetText.Read("3\tABC\tCommon\t12\t34\ta\\\\b\\nc\n")
        );

    [Fact]
    public void AnythingElse_IsRefused() => Assert.Throws<FormatException>(() => CategorySetText.Read("3\tABC\n"));
}
