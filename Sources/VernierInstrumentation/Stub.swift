internal import Vernier
