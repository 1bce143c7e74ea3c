/// What the text models have read.
enum Corpus {
    static let text = """
        A question is the beginning of thought. Whoever asks a question admits that the answer is not yet known, and that the answer is
        worth the search. Socrates asked more than he taught, and those who answered him found that they knew less than they thought. The
        examined life begins with a question about what is good, and it does not end with the first answer.

        What is knowledge, and how do we know that we know? A belief may be true by luck, and a belief may be false in spite of good
        reasons. Knowledge is more than a true belief, for it can give an account of itself. The sceptic says that every account needs
        another account, and that the chain has no end. The answer to the sceptic is that doubt itself needs reasons, and that the search
        for reasons is what thought is.

        The good life is not the same as the pleasant life. Pleasure comes and goes, but what we do remains what we have done. Aristotle
        held that the good life is an activity of the soul, and that virtue is a habit that is learned by practice. We become just by
        doing what is just, and brave by doing what is brave. The mean between two extremes is not the middle of a line, for it depends on
        the person and on the time.

        The stoics held that some things are in our power and that other things are not. What is in our power is what we think and what we
        want. What is not in our power is what others think, what they do, and how long we live. Whoever wants only what is in their power
        is free, and whoever wants what is not in their power is a servant of luck.

        Freedom is a question of its own. If every event has a cause, then what we choose has a cause too, and the choice seems to be made
        before we make it. Yet a choice that has no cause at all would be no choice of ours. Perhaps freedom is not the lack of causes, but
        the power to act for reasons that we understand.

        A concept is a tool of thought. It lets us see what many things have in common, and it hides what is different in each of them. To
        explore a concept is to ask where it comes from, what it lets us see, and what it hides. The concept of time is known to everyone
        until someone asks for it. The concept of justice is older than the word, for even a child knows what is not fair.

        A quest is a question that one walks. Whoever sets out does not know the way, and learns it by going. The first step is to see that
        there is something to find. The second step is to leave what is known. The third step is to come back and to see the known with new
        eyes. The answer that one finds on the way is often the answer to another question.

        Language is where thought becomes public. A word means what it does in the life of those who use it, and a private word means
        nothing. To understand a sentence is to know what would follow if it were true. Many problems of thought are knots in language, and
        to see the knot is the beginning of the answer.
        """
}
