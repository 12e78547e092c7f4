// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/annotation_set.h"

#include <QTest>
#include <random>
#include <set>

#include "tests/support/test_program.h"
#include "viewer/annotation/class_colours.h"

namespace geneglass::annotation_set_test {

class AnnotationSetTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oneIdOnAllBecomesAnIdEach();
  void aClassNobodyDeclaredIsAddedInItsOwnColour();
  void anEditKeepsThePlaceAndSharesTheRest();
  void aClickMeansTheLineBeforeTheAreaAndTheSmallestAreaOfAll();
  void renamingAClassIntoAnotherMergesThem();
  void whatIsWithinAnAreaAgreesWithAllLookedAtOneByOne();
  void aThousandRandomEditsAreUndoneAndDoneAgainByTheirDifferences();
  void deletingWhatIsNotThereChangesNothing();
};

Annotation square(std::string id, double x, double y, double side, std::string className = {}) {
  return {std::move(id), rectangleArea({x, y, side, side}), std::move(className), {}, {}, {}, false};
}

std::vector<std::string> idsOf(const AnnotationSet& set) {
  std::vector<std::string> ids;
  for (const AnnotationPtr& annotation : set.all()) ids.push_back(annotation->id);
  return ids;
}

bool same(const AnnotationSet& a, const AnnotationSet& b) {
  if (a.classes() != b.classes() || a.all().size() != b.all().size()) return false;
  for (size_t i = 0; i < a.all().size(); ++i)
    if (!(*a.all()[i] == *b.all()[i])) return false;
  return true;
}

/// By place and by id: an edited set's index is made from the one before.
bool findsWhatAFreshOneFinds(const AnnotationSet& edited) {
  std::vector<Annotation> annotations;
  for (const AnnotationPtr& annotation : edited.all()) annotations.push_back(*annotation);
  const AnnotationSet fresh(edited.classes(), annotations);
  for (const Annotation& annotation : annotations) {
    const AnnotationPtr found = edited.find(annotation.id);
    if (!found || !(*found == annotation)) return false;
    const Rect area = boundsOf(annotation.shape);
    if (edited.placesWithin(area) != fresh.placesWithin(area)) return false;
  }
  const auto isEqual = [](const Rect& a, const Rect& b) {
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
  };
  return std::ranges::equal(edited.bounds(), fresh.bounds(), isEqual) && !edited.find("nobody");
}

void AnnotationSetTest::oneIdOnAllBecomesAnIdEach() {
  const AnnotationSet set({}, {square("PathAnnotationObject", 0, 0, 1),
                               square("PathAnnotationObject", 5, 5, 1), square("", 9, 9, 1)});
  const auto ids = idsOf(set);
  QCOMPARE(ids.front(), std::string("PathAnnotationObject"));
  QCOMPARE(std::set(ids.begin(), ids.end()).size(), size_t{3});
  QCOMPARE(ids.back().size(), size_t{36});
  QCOMPARE(ids.back()[14], '4');
}

void AnnotationSetTest::aClassNobodyDeclaredIsAddedInItsOwnColour() {
  const AnnotationSet set({{"Stroma", 0xff123456}}, {square("a", 0, 0, 1, "Gland"), square("b", 0, 0, 1),
                                                     square("c", 0, 0, 1, "Stroma")});
  QCOMPARE(set.classes().size(), size_t{2});
  QCOMPARE(set.colourOf(*set.find("a")), colourForClass("Gland"));
  QCOMPARE(set.colourOf(*set.find("b")), kColourWithoutClass);
  QCOMPARE(set.colourOf(*set.find("c")), 0xff123456u);
  Annotation own = *set.find("c");
  own.colour = 0xff00ff00;
  QCOMPARE(set.colourOf(own), 0xff00ff00u);
}

void AnnotationSetTest::anEditKeepsThePlaceAndSharesTheRest() {
  const AnnotationSet set({}, {square("a", 0, 0, 1), square("b", 5, 5, 1), square("c", 9, 9, 1)});
  const auto edited = set.with({square("b", 50, 50, 1), square("d", 1, 1, 1)});
  QCOMPARE(idsOf(*edited), (std::vector<std::string>{"a", "b", "c", "d"}));
  QCOMPARE(edited->find("a").get(), set.find("a").get());
  QVERIFY(edited->within({4, 4, 3, 3}).empty());
  QCOMPARE(edited->within({49, 49, 3, 3}).size(), size_t{1});
  QCOMPARE(set.within({4, 4, 3, 3}).size(), size_t{1});
}

void AnnotationSetTest::aClickMeansTheLineBeforeTheAreaAndTheSmallestAreaOfAll() {
  Annotation line = square("line", 0, 0, 1);
  line.shape = Path{{{0, 50}, {100, 50}}};
  const AnnotationSet set({}, {line, square("small", 40, 40, 20), square("large", 0, 0, 100)});
  QCOMPARE(set.at({45, 45}, 2)->id, std::string("small"));
  QCOMPARE(set.at({50, 51}, 2)->id, std::string("line"));
  QCOMPARE(set.at({80, 20}, 2)->id, std::string("large"));
  QVERIFY(!set.at({200, 200}, 2));
}

void AnnotationSetTest::renamingAClassIntoAnotherMergesThem() {
  const AnnotationSet set({{"A", 0xff111111}, {"B", 0xff222222}},
                          {square("a", 0, 0, 1, "A"), square("b", 0, 0, 1, "B")});
  const auto merged = set.withClassRenamed("A", "B");
  QCOMPARE(merged->classes(), (std::vector<AnnotationClass>{{"B", 0xff222222}}));
  QCOMPARE(merged->find("a")->className, std::string("B"));
  const auto without = set.withClassRenamed("A", "");
  QCOMPARE(without->find("a")->className, std::string());
  QCOMPARE(set.withClassRenamed("A", "C")->classes().front().colour, 0xff111111u);
}

void AnnotationSetTest::whatIsWithinAnAreaAgreesWithAllLookedAtOneByOne() {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(0, 1000), side(0, 50);
  std::vector<Annotation> many;
  for (int i = 0; i < 2000; ++i)
    many.push_back(square(std::to_string(i), place(random), place(random), side(random)));
  const AnnotationSet set({}, many);
  for (int i = 0; i < 50; ++i) {
    const Rect area{place(random), place(random), side(random), side(random)};
    std::vector<std::string> expected, found;
    for (const Annotation& one : many) {
      const Rect box = boundsOf(one.shape);
      if (box.x <= area.right() && area.x <= box.right() && box.y <= area.bottom() && area.y <= box.bottom())
        expected.push_back(one.id);
    }
    for (const AnnotationPtr& one : set.within(area)) found.push_back(one->id);
    QCOMPARE(found, expected);
  }
}

void AnnotationSetTest::aThousandRandomEditsAreUndoneAndDoneAgainByTheirDifferences() {
  std::mt19937 random(11);
  auto current = std::make_shared<const AnnotationSet>();
  std::vector<AnnotationSetPtr> states{current};
  std::vector<AnnotationDifference> steps;
  for (int i = 0; i < 1000; ++i) {
    const auto ids = idsOf(*current);
    const unsigned what = random() % 5;
    AnnotationSetPtr next;
    if (what == 0 && !ids.empty())
      next = current->without({ids[random() % ids.size()], ids[random() % ids.size()]});
    else if (what == 1 && !ids.empty())
      next = current->with({square(ids[random() % ids.size()], i, i, 3, std::to_string(random() % 4))});
    else if (what == 2 && !current->classes().empty())
      next = current->withClassRenamed(current->classes()[random() % current->classes().size()].name,
                                       std::to_string(random() % 4));
    else
      next = current->with(
          {square("", 1, 1, 1), square(freshAnnotationId(), i, i, 2, std::to_string(random() % 4))});
    steps.push_back(differenceOf(*current, *next));
    QVERIFY(same(*current->changedBy(steps.back()), *next));
    if (i % 10 == 0) QVERIFY2(findsWhatAFreshOneFinds(*next), qPrintable(QString::number(i)));
    states.push_back(current = next);
  }
  for (size_t i = steps.size(); i-- > 0;) {
    current = current->changedBy(reversed(steps[i]));
    QVERIFY2(same(*current, *states[i]), qPrintable(QString::number(i)));
    if (i % 10 == 0) QVERIFY2(findsWhatAFreshOneFinds(*current), qPrintable(QString::number(i)));
  }
  for (size_t i = 0; i < steps.size(); ++i) current = current->changedBy(steps[i]);
  QVERIFY(same(*current, *states.back()));
}

void AnnotationSetTest::deletingWhatIsNotThereChangesNothing() {
  const AnnotationSet set({}, {square("a", 0, 0, 1)});
  QVERIFY(differenceOf(set, *set.without({"b"})).isEmpty());
  QVERIFY(!set.find("b"));
}

}  // namespace geneglass::annotation_set_test

GENEGLASS_TEST(geneglass::annotation_set_test::AnnotationSetTest)
#include "annotation_set_test.moc"
